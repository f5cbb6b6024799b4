package brink.trainer.network.file;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A mapping of keys to values whose kinds are checked when they are taken. */
final class YamlMap {
  private final Path file;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> keyLines = new LinkedHashMap<>();
  private final TreeSet<String> asked = new TreeSet<>();

  /**
   * A mapping.
   *
   * @param what it is, for messages
   * @throws NetworkFileException if the node is something else, or a key is there twice
   */
  YamlMap(Path file, Node node, String what) {
    this.file = file;
    this.line = lineOf(node);
    if (!(node instanceof MappingNode mapping)) {
      throw new NetworkFileException(
          file, line, "expected %s with keys and values, found %s".formatted(what, found(node)));
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = found(tuple.getKeyNode());
      keyLines.put(key, lineOf(tuple.getKeyNode()));
      if (values.put(key, tuple.getValueNode()) != null) {
        throw new NetworkFileException(
            file, lineOf(tuple.getKeyNode()), "key '" + key + "' is there twice");
      }
    }
  }

  int line() {
    return line;
  }

  /** The text of a value; null if the key is missing. */
  @Nullable String text(String key) {
    Node node = value(key);
    if (node == null) {
      return null;
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw wrong(key, "one value");
  }

  /** A whole number; null if the key is missing. */
  @Nullable Integer integer(String key) {
    String text = text(key);
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw wrong(key, "a whole number");
    }
  }

  /** A whole number that has to be there. */
  int required(String key) {
    Integer number = integer(key);
    if (number == null) {
      throw new NetworkFileException(file, line, "expected key '" + key + "', found none");
    }
    return number;
  }

  /** A number; null if the key is missing. */
  @Nullable Double number(String key) {
    String text = text(key);
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw wrong(key, "a number");
    }
  }

  /** One of several words; null if the key is missing. */
  <T> @Nullable T choice(String key, Map<String, T> choices) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    T chosen = choices.get(text);
    if (chosen == null) {
      throw wrong(key, "one of " + String.join(", ", new TreeSet<>(choices.keySet())));
    }
    return chosen;
  }

  /** A list; empty if the key is missing. */
  List<Node> list(String key) {
    return switch (value(key)) {
      case null -> List.of();
      case SequenceNode sequence -> sequence.getValue();
      default -> throw wrong(key, "a list");
    };
  }

  /** Refuses keys that nobody asked for. */
  void requireNothingElse() {
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        throw new NetworkFileException(
            file,
            lineOfKey(key),
            "unknown key '%s', expected %s".formatted(key, String.join(", ", asked)));
      }
    }
  }

  private @Nullable Node value(String key) {
    asked.add(key);
    return values.get(key);
  }

  private NetworkFileException wrong(String key, String expected) {
    Node node = values.get(key);
    String value = node == null ? "nothing" : found(node);
    return new NetworkFileException(
        file, lineOfKey(key), "%s: expected %s, found %s".formatted(key, expected, value));
  }

  private int lineOfKey(String key) {
    return keyLines.getOrDefault(key, line);
  }

  /** The node in words. */
  private static String found(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar.getValue().isEmpty() ? "nothing" : scalar.getValue();
      case SequenceNode _ -> "a list";
      default -> "a mapping";
    };
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
