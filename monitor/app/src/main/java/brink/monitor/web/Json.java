package brink.monitor.web;

import brink.monitor.catalogue.RunEntry;
import brink.v1.RegimeChanged;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.Map;

/**
 * The API's JSON. Messages are printed by protobuf's own rules under the names of the {@code
 * .proto} files: 64-bit integers are strings, times are RFC 3339, what was not measured is absent.
 */
public final class Json {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .preservingProtoFieldNames()
          .alwaysPrintFieldsWithNoPresence()
          .omittingInsignificantWhitespace();

  private Json() {}

  /** A run in short: no history. */
  public static JsonObject summary(RunEntry run) {
    JsonObject json = new JsonObject();
    json.addProperty("run_id", run.runId());
    json.addProperty("status", run.status().name());
    json.addProperty("regime", run.regime().name());
    if (run.lastStep() != null) {
      json.addProperty("last_step", run.lastStep().toString());
    }
    json.addProperty("updated_at", run.updatedAt().toString());
    json.add("outcome", OutcomeJson.of(run.outcome()));
    if (run.started() != null) {
      json.add("started", message(run.started()));
    }
    if (run.ended() != null) {
      json.add("ended", message(run.ended()));
    }
    return json;
  }

  /** A run with its regime changes and the last state of its flow. */
  static JsonObject full(RunEntry run) {
    JsonObject json = summary(run);
    json.add("regime_changes", changes(run.changes()));
    if (run.flow() != null) {
      json.add("flow", message(run.flow()));
    }
    return json;
  }

  static JsonArray changes(List<RegimeChanged> changes) {
    JsonArray array = new JsonArray();
    changes.forEach(change -> array.add(message(change)));
    return array;
  }

  /** An object of strings. */
  public static JsonObject object(Map<String, String> members) {
    JsonObject json = new JsonObject();
    members.forEach(json::addProperty);
    return json;
  }

  /** A message as one line. */
  public static String line(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message without Any cannot fail to print", e);
    }
  }

  /** A message as an element of something larger. */
  public static JsonElement message(MessageOrBuilder message) {
    return JsonParser.parseString(line(message));
  }
}
