package brink.trainer.dl4j;

import brink.trainer.listener.network.NamedLayer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a ComputationGraph that is made of layers in a row, of sums of two branches and of
 * concatenated ones. A vertex through which everything on the way to another one passes dominates
 * that one; branches start at the last vertex that dominates them all.
 */
final class GraphStages {
  private final ComputationGraphConfiguration graph;
  private final Map<String, NamedLayer> layers;
  private final Map<String, List<String>> dominators = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  private GraphStages(ComputationGraphConfiguration graph, List<NamedLayer> layers) {
    this.graph = graph;
    this.layers = layers.stream().collect(Collectors.toMap(NamedLayer::name, Function.identity()));
  }

  /**
   * Takes a graph apart.
   *
   * @throws NoCounterpartException if it is more than that
   */
  static List<Stage> of(ComputationGraphConfiguration graph, List<NamedLayer> layers)
      throws NoCounterpartException {
    if (graph.getNetworkInputs().size() != 1 || graph.getNetworkOutputs().size() != 1) {
      throw new NoCounterpartException("the graph has several inputs or outputs");
    }
    String input = graph.getNetworkInputs().getFirst();
    String output = graph.getNetworkOutputs().getFirst();
    GraphStages stages = new GraphStages(graph, layers);
    List<Stage> path = stages.path(input, output);
    for (String vertex : graph.getVertices().keySet()) {
      if (!stages.used.contains(vertex)) {
        throw new NoCounterpartException("vertex " + vertex + " leads nowhere");
      }
    }
    return path;
  }

  /** What comes after one vertex, up to another one that it dominates. */
  private List<Stage> path(String after, String upTo) throws NoCounterpartException {
    Deque<Stage> stages = new ArrayDeque<>();
    String vertex = upTo;
    while (!vertex.equals(after)) {
      if (!used.add(vertex)) {
        throw new NoCounterpartException("vertex " + vertex + " is on two branches");
      }
      List<String> inputs = inputs(vertex);
      switch (graph.getVertices().get(vertex)) {
        case LayerVertex layer when inputs.size() == 1 -> {
          stages.addFirst(
              new Stage.Single(
                  Objects.requireNonNull(layers.get(vertex)), layer.getPreProcessor()));
          vertex = inputs.getFirst();
        }
        case ElementWiseVertex sum
            when sum.getOp() == ElementWiseVertex.Op.Add && inputs.size() == 2 -> {
          String fork = fork(inputs);
          stages.addFirst(sum(vertex, path(fork, inputs.get(0)), path(fork, inputs.get(1))));
          vertex = fork;
        }
        case MergeVertex merge
            when merge.getMergeAxis() == MergeVertex.DEFAULT_MERGE_DIM && inputs.size() > 1 -> {
          String fork = fork(inputs);
          List<List<Stage>> branches = new ArrayList<>();
          for (String input : inputs) {
            branches.add(path(fork, input));
          }
          NamedLayer normalization = normalization(stages.peekFirst());
          if (normalization != null) {
            stages.removeFirst();
          }
          stages.addFirst(new Stage.Merge(vertex, branches, normalization));
          vertex = fork;
        }
        case GraphVertex other -> throw noCounterpart(vertex, other);
        case null -> throw new NoCounterpartException("vertex " + vertex + " is unknown");
      }
    }
    return new ArrayList<>(stages);
  }

  private static @Nullable NamedLayer normalization(@Nullable Stage next) {
    return next instanceof Stage.Single(NamedLayer layer, InputPreProcessor before)
            && before == null
            && layer.configuration() instanceof BatchNormalization
        ? layer
        : null;
  }

  private static Stage sum(String name, List<Stage> first, List<Stage> second)
      throws NoCounterpartException {
    if (first.isEmpty() && second.isEmpty()) {
      throw new NoCounterpartException("vertex " + name + " adds its input to itself");
    }
    return first.isEmpty()
        ? new Stage.Sum(name, second, first)
        : new Stage.Sum(name, first, second);
  }

  private static NoCounterpartException noCounterpart(String name, GraphVertex vertex) {
    String kind =
        vertex instanceof LayerVertex layer
            ? layer.getLayerConf().getLayer().getClass().getSimpleName() + " of several inputs"
            : vertex.getClass().getSimpleName();
    return new NoCounterpartException(
        "vertex %s (%s) is neither a layer of one input, nor a sum of two, nor a concatenation of channels"
            .formatted(name, kind));
  }

  private String fork(List<String> inputs) {
    List<String> common = new ArrayList<>(dominators(inputs.getFirst()));
    inputs.stream().skip(1).forEach(input -> retainPrefix(common, dominators(input)));
    return common.getLast();
  }

  /** From the graph's input on, with the vertex itself at the end. */
  private List<String> dominators(String vertex) {
    List<String> known = dominators.get(vertex);
    if (known != null) {
      return known;
    }
    List<String> chain = new ArrayList<>();
    List<String> inputs = inputs(vertex);
    if (!inputs.isEmpty()) {
      chain.addAll(dominators(inputs.getFirst()));
      inputs.stream().skip(1).forEach(input -> retainPrefix(chain, dominators(input)));
    }
    chain.add(vertex);
    dominators.put(vertex, chain);
    return chain;
  }

  private static void retainPrefix(List<String> chain, List<String> other) {
    int common = 0;
    while (common < Math.min(chain.size(), other.size())
        && chain.get(common).equals(other.get(common))) {
      common++;
    }
    chain.subList(common, chain.size()).clear();
  }

  private List<String> inputs(String vertex) {
    return graph.getVertexInputs().getOrDefault(vertex, List.of());
  }
}
