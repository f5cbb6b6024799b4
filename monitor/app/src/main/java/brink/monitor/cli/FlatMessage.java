package brink.monitor.cli;

import brink.v1.Estimate;
import brink.v1.FlowTestResult;
import brink.v1.Forecast;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages as flat rows, by their descriptors: the fields of a message within it follow its name,
 * an estimate is its value and its {@code _error}, forecasts go by horizon, tests by kind, entries
 * of maps by key. Words of enums come without their prefix. What was not measured is empty.
 */
final class FlatMessage {
  private FlatMessage() {}

  /** Columns that every message of this type has, in the order of its fields. */
  static List<String> names(Descriptor type) {
    List<String> names = new ArrayList<>();
    addNames(names, type, "");
    return names;
  }

  private static void addNames(List<String> names, Descriptor type, String prefix) {
    for (FieldDescriptor field : type.getFields()) {
      String name = prefix + field.getName();
      if (field.isRepeated()) {
        continue;
      }
      if (field.getJavaType() != JavaType.MESSAGE || isTime(field)) {
        names.add(name);
      } else if (field.getMessageType().equals(Estimate.getDescriptor())) {
        names.add(name);
        names.add(name + "_error");
      } else {
        addNames(names, field.getMessageType(), name + "_");
      }
    }
  }

  /** What is there, by column; beside those of {@link #names} columns of lists and maps. */
  static Map<String, String> cells(Message message) {
    Map<String, String> cells = new TreeMap<>();
    add(cells, message, "");
    return cells;
  }

  private static void add(Map<String, String> cells, Message message, String prefix) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      String name = prefix + field.getName();
      if (field.isMapField()) {
        addMap(cells, message, field, name);
      } else if (field.isRepeated()) {
        addList(cells, message, field, prefix);
      } else if (!field.hasPresence() || message.hasField(field)) {
        add(cells, name, message.getField(field));
      }
    }
  }

  private static void add(Map<String, String> cells, String name, Object value) {
    switch (value) {
      case Estimate estimate -> {
        cells.put(name, Double.toString(estimate.getValue()));
        if (estimate.hasStandardError()) {
          cells.put(name + "_error", Double.toString(estimate.getStandardError()));
        }
      }
      case Timestamp time -> cells.put(name, time(time));
      case Message inner -> add(cells, inner, name + "_");
      case EnumValueDescriptor word -> {
        if (word.getNumber() != 0) {
          cells.put(name, word(word));
        }
      }
      default -> cells.put(name, value.toString());
    }
  }

  private static String time(Timestamp time) {
    return Timestamps.isValid(time) ? Timestamps.toString(time) : "";
  }

  private static void addMap(
      Map<String, String> cells, Message message, FieldDescriptor field, String name) {
    for (Object each : (List<?>) message.getField(field)) {
      Message entry = (Message) each;
      Descriptor type = entry.getDescriptorForType();
      cells.put(
          name + "_" + entry.getField(type.findFieldByNumber(1)),
          entry.getField(type.findFieldByNumber(2)).toString());
    }
  }

  private static void addList(
      Map<String, String> cells, Message message, FieldDescriptor field, String prefix) {
    for (Object each : (List<?>) message.getField(field)) {
      switch (each) {
        case Forecast forecast ->
            add(cells, forecast, prefix + "forecast_" + forecast.getHorizon() + "_");
        case FlowTestResult test -> {
          String kind = test.getKind().name().replace("FLOW_TEST_KIND_", "");
          add(cells, test, prefix + "test_" + kind.toLowerCase(Locale.ROOT) + "_");
        }
        default -> {}
      }
    }
  }

  /** Without what all words of the enum begin with. */
  private static String word(EnumValueDescriptor word) {
    EnumValueDescriptor none = word.getType().findValueByNumber(0);
    String prefix = none.getName().replace("UNSPECIFIED", "");
    return word.getName().startsWith(prefix)
        ? word.getName().substring(prefix.length())
        : word.getName();
  }

  private static boolean isTime(FieldDescriptor field) {
    return field.getMessageType().equals(Timestamp.getDescriptor());
  }
}
