package brink.trainer.listener.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

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
    return ((org.deeplearning4j.nn.conf.layers.BatchNormalization)
            batchNormalization.conf().getLayer())
        .getEps();
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
      List<GraphVertex> next = next(vertex);
      boolean normalized = !next.isEmpty() && next.stream().allMatch(Graph::normalizes);
      double epsilon =
          normalized ? next.stream().mapToDouble(v -> epsilon(v.getLayer())).max().orElse(0) : 0;
      return new NamedLayer(vertex.getVertexName(), vertex.getLayer(), normalized, epsilon);
    }

    @Override
    public boolean sumsGradients() {
      return model.getConfiguration().getDefaultConfiguration().isMiniBatch();
    }

    /** Where the output of a vertex goes; empty if it is the graph's. */
    private List<GraphVertex> next(GraphVertex vertex) {
      if (vertex.isOutputVertex() || vertex.getOutputVertices() == null) {
        return List.of();
      }
      return Arrays.stream(vertex.getOutputVertices())
          .map(next -> model.getVertices()[next.getVertexIndex()])
          .toList();
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
