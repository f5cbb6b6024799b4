package brink.trainer.dl4j.zip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;

/**
 * A network's configuration before DL4J makes objects of it. It has been walked through once, token
 * by token, and is small enough for what DL4J does then: it recurses into what is nested, makes
 * every layer, and compares names of vertices with each other.
 *
 * @param json as in the file
 * @param graph whether it is that of a ComputationGraph and not of a MultiLayerNetwork
 */
public record Configuration(String json, boolean graph) {
  /** DL4J writes 2 to 4 kB a layer. */
  static final int MOST_BYTES = 16 << 20;

  /** The deepest configurations, of layers that wrap layers that wrap layers, are not half that. */
  private static final int DEEPEST = 64;

  /** Layers or vertices, of which DL4J makes 350 a second; the deepest networks have a thousand. */
  private static final int MOST_LAYERS = 2_000;

  /** Inputs of all vertices together; a vertex looks each of its inputs up among all of them. */
  private static final int MOST_EDGES = 20_000;

  /** Digits of a number; those of a double are 24 at most. */
  private static final int LONGEST_NUMBER = 100;

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Walks through a configuration.
   *
   * @throws ModelZipException if it is not JSON, or beyond what a network may be
   */
  static Configuration of(byte[] json) throws ModelZipException {
    if (json.length > MOST_BYTES) {
      throw new ModelZipException(
          "its configuration.json has more than %d MiB, expected some kilobytes a layer"
              .formatted(MOST_BYTES >> 20));
    }
    try (JsonParser parser = JSON.createParser(json)) {
      Walk walk = new Walk(parser);
      walk.run();
      return new Configuration(new String(json, StandardCharsets.UTF_8), walk.graph);
    } catch (IOException e) {
      throw new ModelZipException("its configuration.json is not JSON: " + OneLine.of(e), e);
    }
  }

  /** Counts what is in two levels of the tree and looks at every token. */
  private static final class Walk {
    private static final Set<String> LAYERS = Set.of("confs", "vertices");
    private static final String EDGES = "vertexInputs";
    private static final List<String> DL4J = List.of("org.deeplearning4j.", "org.nd4j.");

    private final JsonParser parser;
    private final Deque<Boolean> arrays = new ArrayDeque<>();
    private String section = "";
    private boolean graph;
    private int layers;
    private int edges;

    Walk(JsonParser parser) {
      this.parser = parser;
    }

    void run() throws IOException, ModelZipException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ModelZipException("its configuration.json is no JSON object");
      }
      arrays.push(false);
      while (!arrays.isEmpty()) {
        JsonToken token = parser.nextToken();
        take(Objects.requireNonNull(token, "the parser refuses an early end"));
      }
    }

    private void take(JsonToken token) throws IOException, ModelZipException {
      switch (token) {
        case FIELD_NAME -> name(parser.currentName());
        case START_OBJECT -> {
          value();
          enter(false);
        }
        case START_ARRAY -> {
          value();
          enter(true);
        }
        case END_OBJECT, END_ARRAY -> arrays.pop();
        case VALUE_STRING -> {
          requireVisible(parser.getText());
          requireOfDl4j(parser.currentName(), parser.getText());
          value();
        }
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
          if (parser.getTextLength() > LONGEST_NUMBER) {
            throw new ModelZipException(
                "a number in its configuration.json has more than " + LONGEST_NUMBER + " digits");
          }
          value();
        }
        default -> value();
      }
    }

    private void name(String name) throws ModelZipException {
      requireVisible(name);
      if (arrays.size() == 1) {
        section = name;
        graph |= name.equals(EDGES);
      } else if (arrays.size() == 2 && LAYERS.contains(section)) {
        layer();
      }
    }

    /** A value of any kind, before it is entered. */
    private void value() throws ModelZipException {
      boolean inArray = Boolean.TRUE.equals(arrays.peek());
      if (inArray && arrays.size() == 2 && LAYERS.contains(section)) {
        layer();
      }
      if (section.equals(EDGES) && arrays.size() > 1) {
        edges++;
        if (edges > MOST_EDGES) {
          throw new ModelZipException(
              "its vertices have more than %d inputs together".formatted(MOST_EDGES));
        }
      }
    }

    private void layer() throws ModelZipException {
      layers++;
      if (layers > MOST_LAYERS) {
        throw new ModelZipException(
            "the network has more than %d layers, which is as many as are read"
                .formatted(MOST_LAYERS));
      }
    }

    private void enter(boolean array) throws ModelZipException {
      arrays.push(array);
      if (arrays.size() > DEEPEST) {
        throw new ModelZipException(
            "its configuration.json is nested more than %d levels deep".formatted(DEEPEST));
      }
    }

    /** Jackson makes an object of what is called this. */
    private static void requireOfDl4j(@Nullable String name, String type) throws ModelZipException {
      if ("@class".equals(name) && DL4J.stream().noneMatch(type::startsWith)) {
        throw new ModelZipException(
            "it has an object of %s, which is no class of DL4J's".formatted(OneLine.of(type)));
      }
    }

    private static void requireVisible(String text) throws ModelZipException {
      if (text.codePoints().anyMatch(OneLine::isHidden)) {
        throw new ModelZipException(
            "a name in its configuration.json has control characters: " + OneLine.of(text));
      }
    }
  }
}
