package brink.trainer.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What DL4J's two kinds of networks have in common, but no interface for. */
sealed interface Dl4jNetwork {
  /**
   * The network behind a model.
   *
   * @throws IllegalArgumentException if it is neither a MultiLayerNetwork nor a ComputationGraph
   */
  static Dl4jNetwork of(Model model) {
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

  /**
   * A MultiLayerNetwork.
   *
   * @param model as DL4J made it
   */
  record Sequence(MultiLayerNetwork model) implements Dl4jNetwork {
    @Override
    public List<NamedLayer> layers() {
      Layer[] layers = model.getLayers();
      List<NamedLayer> named = new ArrayList<>();
      for (int i = 0; i < layers.length; i++) {
        boolean normalized =
            i + 1 < layers.length
                && layers[i + 1] instanceof BatchNormalization
                && model.getLayerWiseConfigurations().getInputPreProcess(i + 1) == null;
        named.add(new NamedLayer(name(layers[i], i), layers[i], normalized));
      }
      return named;
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
  record Graph(ComputationGraph model) implements Dl4jNetwork {
    @Override
    public List<NamedLayer> layers() {
      return Arrays.stream(model.topologicalSortOrder())
          .mapToObj(i -> model.getVertices()[i])
          .filter(GraphVertex::hasLayer)
          .map(
              vertex ->
                  new NamedLayer(vertex.getVertexName(), vertex.getLayer(), normalized(vertex)))
          .toList();
    }

    @Override
    public boolean sumsGradients() {
      return model.getConfiguration().getDefaultConfiguration().isMiniBatch();
    }

    private boolean normalized(GraphVertex vertex) {
      if (vertex.isOutputVertex() || vertex.getOutputVertices() == null) {
        return false;
      }
      return Arrays.stream(vertex.getOutputVertices())
          .map(next -> model.getVertices()[next.getVertexIndex()])
          .allMatch(Graph::normalizes);
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
