package brink.trainer.dl4j;

import brink.trainer.data.Dataset;
import brink.trainer.data.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

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

  /** How DL4J differentiates it. */
  BackpropType backpropagation();

  /** Whether inputs are n×channels×height×width and not n×d. */
  boolean takesImages();

  /** Computes loss and gradient of a batch, as in training. */
  void computeGradient(INDArray features, INDArray labels);

  /** Outputs for a batch; in training, batch normalization uses the batch's own statistics. */
  INDArray output(INDArray features, boolean training);

  /** Mean loss of a batch outside training, with penalties. */
  double loss(DataSet data);

  /**
   * Its layers, with the sums between them.
   *
   * @throws NoCounterpartException if its parts are joined in any other way
   */
  List<Stage> stages() throws NoCounterpartException;

  /** Its layers in words. */
  default String describe() {
    return model().getClass().getSimpleName()
        + " of "
        + layers().stream().map(NamedLayer::kind).collect(Collectors.joining(", "));
  }

  /**
   * Refuses data whose examples are of another width than the network's inputs, or that have
   * another number of classes than its outputs.
   *
   * @throws IllegalArgumentException in one line
   */
  default void requireFits(Path file, Dataset data) {
    if (takesImages() && data.image() == null) {
      throw new IllegalArgumentException(
          "%s: the network takes images, %s has none".formatted(file, data.name()));
    }
    if (layers().getFirst().layer().conf().getLayer() instanceof FeedForwardLayer first
        && !(first instanceof ConvolutionLayer)
        && first.getNIn() != data.dimension()) {
      throw new IllegalArgumentException(
          "%s: the network takes %d features, %s has %d"
              .formatted(file, first.getNIn(), data.name(), data.dimension()));
    }
    long outputs = data.targets() instanceof Targets.Classes classes ? classes.count() : 1;
    if (layers().getLast().layer().conf().getLayer() instanceof FeedForwardLayer last
        && last.getNOut() > 0
        && last.getNOut() != outputs) {
      throw new IllegalArgumentException(
          "%s: the network has %d outputs, %s needs %d"
              .formatted(file, last.getNOut(), data.name(), outputs));
    }
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
  record Sequence(MultiLayerNetwork model) implements Dl4jNetwork {
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
    public List<Stage> stages() {
      List<NamedLayer> layers = layers();
      List<Stage> stages = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        stages.add(
            new Stage.Single(
                layers.get(i), model.getLayerWiseConfigurations().getInputPreProcess(i)));
      }
      return stages;
    }

    @Override
    public boolean sumsGradients() {
      return model.conf().isMiniBatch();
    }

    @Override
    public BackpropType backpropagation() {
      return model.getLayerWiseConfigurations().getBackpropType();
    }

    @Override
    public boolean takesImages() {
      return model.getLayer(0).conf().getLayer() instanceof ConvolutionLayer
          && model.getLayerWiseConfigurations().getInputPreProcess(0) == null;
    }

    @Override
    public void computeGradient(INDArray features, INDArray labels) {
      model.setInput(features);
      model.setLabels(labels);
      model.computeGradientAndScore();
    }

    @Override
    public INDArray output(INDArray features, boolean training) {
      return model.output(features, training);
    }

    @Override
    public double loss(DataSet data) {
      return model.score(data, false);
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
    public List<Stage> stages() throws NoCounterpartException {
      return GraphStages.of(model.getConfiguration(), layers());
    }

    @Override
    public boolean sumsGradients() {
      return model.getConfiguration().getDefaultConfiguration().isMiniBatch();
    }

    @Override
    public BackpropType backpropagation() {
      return model.getConfiguration().getBackpropType();
    }

    @Override
    public boolean takesImages() {
      return layers().getFirst().layer().conf().getLayer() instanceof ConvolutionLayer
          && model.getConfiguration().getVertices().get(layers().getFirst().name())
              instanceof LayerVertex vertex
          && vertex.getPreProcessor() == null;
    }

    @Override
    public void computeGradient(INDArray features, INDArray labels) {
      model.setInputs(features);
      model.setLabels(labels);
      model.computeGradientAndScore();
    }

    @Override
    public INDArray output(INDArray features, boolean training) {
      return model.outputSingle(training, features);
    }

    @Override
    public double loss(DataSet data) {
      return model.score(data, false);
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
