package brink.monitor.cli;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Messages of one type as a table: a column for each field, then those of lists and maps. */
final class MessageRows implements Rows {
  /** Messages that can be gone through more than once. */
  interface Source {
    /** Hands over each. */
    void forEach(Consumer<? super Message> action);
  }

  private final Source messages;
  private final List<String> names;

  /** Reads all messages once: which columns there are is known after the last one only. */
  MessageRows(Descriptor type, Source messages) {
    this.messages = messages;
    names = new ArrayList<>(FlatMessage.names(type));
    TreeSet<String> others = new TreeSet<>();
    messages.forEach(message -> others.addAll(FlatMessage.cells(message).keySet()));
    names.forEach(others::remove);
    names.addAll(others);
  }

  @Override
  public List<String> names() {
    return List.copyOf(names);
  }

  @Override
  public void forEach(Consumer<List<String>> action) {
    messages.forEach(
        message -> {
          Map<String, String> cells = FlatMessage.cells(message);
          action.accept(names.stream().map(name -> cells.getOrDefault(name, "")).toList());
        });
  }
}
