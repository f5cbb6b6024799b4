package brink.trainer.sweep;

import brink.trainer.files.FileTrouble;
import brink.trainer.request.OptionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML file as nodes, whose texts stay as they were written, with the line of whatever is wrong.
 *
 * @param path of the file
 */
record YamlText(Path path) {
  /** A key's place and value. */
  record Entry(Node key, Node value) {}

  /**
   * The document.
   *
   * @throws OptionException if there is none
   */
  Node root() {
    LoadSettings settings = LoadSettings.builder().setLabel(path.toString()).build();
    try {
      return new Compose(settings)
          .composeString(Files.readString(path))
          .orElseThrow(() -> new OptionException(path + ": expected a study, found nothing"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new OptionException("%s:%d: no YAML: %s".formatted(path, line, e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw new OptionException("%s: no YAML: %s".formatted(path, e.getMessage()), e);
    } catch (StackOverflowError e) {
      throw new OptionException(path + ": is nested too deeply", e);
    } catch (CharacterCodingException e) {
      throw new OptionException(path + ": no text in UTF-8", e);
    } catch (IOException e) {
      throw new OptionException("--study %s: %s".formatted(path, FileTrouble.of(e)), e);
    }
  }

  /**
   * A mapping's keys in their order.
   *
   * @param what it is, for messages
   * @throws OptionException if the node is something else, or a key is there twice
   */
  SequencedMap<String, Entry> mapping(Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node, "expected %s with keys and values, found %s".formatted(what, found(node)));
    }
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text(tuple.getKeyNode(), "a key");
      if (entries.put(key, new Entry(tuple.getKeyNode(), tuple.getValueNode())) != null) {
        throw wrong(tuple.getKeyNode(), "key '%s' is there twice".formatted(key));
      }
    }
    return entries;
  }

  /** One value, or each of a list. */
  List<String> texts(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      if (sequence.getValue().isEmpty()) {
        throw wrong(node, "%s: expected a value, found an empty list".formatted(what));
      }
      return sequence.getValue().stream().map(each -> text(each, what)).toList();
    }
    return List.of(text(node, what));
  }

  private String text(Node node, String what) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
      return scalar.getValue();
    }
    throw wrong(node, "%s: expected one value, found %s".formatted(what, found(node)));
  }

  /** What is wrong at a node. */
  OptionException wrong(Node node, String problem) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return new OptionException("%s:%d: %s".formatted(path, line, problem));
  }

  private static String found(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar.getValue().isEmpty() ? "nothing" : scalar.getValue();
      case SequenceNode _ -> "a list";
      default -> "a mapping";
    };
  }
}
