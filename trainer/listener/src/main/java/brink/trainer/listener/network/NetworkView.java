package brink.trainer.listener.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/** What DL4J's two kinds of networks have in common in training, but no interface for. */
public sealed interface NetworkView {
  /**
   * The network behind a model.
   *
   * @throws IllegalArgumentException if it is neither a MultiLayerNetwork nor a ComputationGraph
   */
  static NetworkView of(Model model) {
    return switch (model) {
      case MultiLayerNetwork network -> new Sequence(network);
      case ComputationGraph graph -> new Graph(graph);
      default ->
          throw new IllegalArgumentException(
              "expected a MultiLayerNetwork or a ComputationGraph, not a "
                  + model.getClass().getSimpleName());
    };
  }

  /** The network itself. */
  Model model();

  /** All layers, from the input on. */
  List<NamedLayer> layers();

  /** Whether DL4J's gradients are sums over the batch, which its updater divides by its size. */
  boolean sumsGradients();

  /** What DL4J adds to the loss for L1, L2 and weight decay. */
  double regularization();

  /** Its layers in words. */
  default String describe() {
    return model().getClass().getSimpleName()
        + " of "
        + layers().stream().map(NamedLayer::kind).collect(Collectors.joining(", "));
  }

  private static double epsilon(Layer batchNormalization) {
    return configuration(batchNormalization).getEps();
  }

  private static org.deeplearning4j.nn.conf.layers.BatchNormalization configuration(
      Layer batchNormalization) {
    return (org.deeplearning4j.nn.conf.layers.BatchNormalization)
        batchNormalization.conf().getLayer();
  }

  /**
   * A MultiLayerNetwork.
   *
   * @param model as DL4J made it
   */
  record Sequence(MultiLayerNetwork model) implements NetworkView {
    @Override
    public List<NamedLayer> layers() {
      Layer[] layers = model.getLayers();
      List<NamedLayer> named = new ArrayList<>();
      for (int i = 0; i < layers.length; i++) {
        boolean normalized = i + 1 < layers.length && normalizes(i + 1);
        named.add(
            new NamedLayer(
                name(layers[i], i),
                layers[i],
                normalized,
                normalized ? epsilon(layers[i + 1]) : 0));
      }
      return named;
    }

    private boolean normalizes(int index) {
      return model.getLayer(index) instanceof BatchNormalization
          && model.getLayerWiseConfigurations().getInputPreProcess(index) == null;
    }

    @Override
    public boolean sumsGradients() {
      return model.conf().isMiniBatch();
    }

    private static String name(Layer layer, int index) {
      String name = layer.conf().getLayer().getLayerName();
      return name != null ? name : "layer" + index;
    }

    @Override
    public double regularization() {
      return model.calcRegularizationScore(true);
    }
  }

  /**
   * A ComputationGraph.
   *
   * @param model as DL4J made it
   */
  record Graph(ComputationGraph model) implements NetworkView {
    @Override
    public List<NamedLayer> layers() {
      return Arrays.stream(model.topologicalSortOrder())
          .mapToObj(i -> model.getVertices()[i])
          .filter(GraphVertex::hasLayer)
          .map(this::named)
          .toList();
    }

    private NamedLayer named(GraphVertex vertex) {
      Set<GraphVertex> next = next(vertex);
      boolean normalized = !next.isEmpty() && next.stream().allMatch(Graph::normalizes);
      double epsilon =
          normalized ? next.stream().mapToDouble(v -> epsilon(v.getLayer())).max().orElse(0) : 0;
      return new NamedLayer(vertex.getVertexName(), vertex.getLayer(), normalized, epsilon);
    }

    @Override
    public boolean sumsGradients() {
      return model.getConfiguration().getDefaultConfiguration().isMiniBatch();
    }

    /**
     * Where the output of a vertex goes; nowhere if it is the graph's. Channels that are
     * concatenated and then normalized, each for itself, go to the normalization.
     */
    private Set<GraphVertex> next(GraphVertex vertex) {
      Set<GraphVertex> next = new LinkedHashSet<>();
      Set<GraphVertex> merges = new HashSet<>();
      Deque<GraphVertex> open = new ArrayDeque<>(List.of(vertex));
      while (!open.isEmpty()) {
        GraphVertex from = open.remove();
        for (GraphVertex to : outputs(from)) {
          if (isLookedThrough(to)) {
            if (merges.add(to)) {
              open.add(to);
            }
          } else {
            next.add(to);
          }
        }
      }
      return next;
    }

    private List<GraphVertex> outputs(GraphVertex vertex) {
      VertexIndices[] outputs = vertex.getOutputVertices();
      return vertex.isOutputVertex() || outputs == null
          ? List.of()
          : Arrays.stream(outputs)
              .map(index -> model.getVertices()[index.getVertexIndex()])
              .toList();
    }

    /** Whether all that a vertex does is to concatenate channels, and whoever takes them knows. */
    private boolean isLookedThrough(GraphVertex vertex) {
      List<GraphVertex> outputs = outputs(vertex);
      return mergesChannels(vertex)
          && !outputs.isEmpty()
          && outputs.stream().allMatch(to -> mergesChannels(to) || normalizesChannels(to));
    }

    private boolean mergesChannels(GraphVertex vertex) {
      return configuration(vertex) instanceof MergeVertex merge
          && merge.getMergeAxis() == MergeVertex.DEFAULT_MERGE_DIM;
    }

    /** Whether a vertex normalizes what it gets by the axis that is merged along by default. */
    private boolean normalizesChannels(GraphVertex vertex) {
      return normalizes(vertex)
          && configuration(vertex) instanceof LayerVertex layer
          && layer.getPreProcessor() == null
          && NetworkView.configuration(vertex.getLayer()).getCnn2DFormat() == CNN2DFormat.NCHW;
    }

    private org.deeplearning4j.nn.conf.graph.@Nullable GraphVertex configuration(
        GraphVertex vertex) {
      return model.getConfiguration().getVertices().get(vertex.getVertexName());
    }

    private static boolean normalizes(GraphVertex vertex) {
      return vertex.hasLayer()
          && vertex.getLayer() instanceof BatchNormalization
          && Objects.requireNonNull(vertex.getInputVertices()).length == 1;
    }

    @Override
    public double regularization() {
      return model.calcRegularizationScore(true);
    }
  }
}
