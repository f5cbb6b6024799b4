package brink.trainer.dl4j;

import brink.trainer.data.Dataset;
import brink.trainer.data.Targets;
import brink.trainer.listener.network.NamedLayer;
import brink.trainer.listener.network.NetworkView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** What it takes to train either of DL4J's two kinds of networks. */
sealed interface Dl4jNetwork {
  /** The network itself. */
  Model model();

  /** The network as one sees it in training. */
  default NetworkView view() {
    return NetworkView.of(model());
  }

  /** All layers, from the input on. */
  default List<NamedLayer> layers() {
    return view().layers();
  }

  /** Whether DL4J's gradients are sums over the batch, which its updater divides by its size. */
  default boolean sumsGradients() {
    return view().sumsGradients();
  }

  /** What DL4J adds to the loss for L1, L2 and weight decay. */
  default double regularization() {
    return view().regularization();
  }

  /** How DL4J differentiates it. */
  BackpropType backpropagation();

  /** Whether inputs are n×channels×height×width and not n×d. */
  boolean takesImages();

  /** Computes loss and gradient of a batch, as in training. */
  void computeGradient(INDArray features, INDArray labels);

  /**
   * What each layer gives out for an example.
   *
   * @param input an example
   * @throws RuntimeException as DL4J does where a layer cannot take what comes in
   */
  List<InputType> outputTypes(InputType input);

  /**
   * Numbers that all layers together give out for an example.
   *
   * @param features of a batch, of which the first length is left out
   * @throws RuntimeException as DL4J does where a layer cannot take what comes in, or if one gives
   *     out less than nothing
   */
  default double activations(INDArray features) {
    InputType input =
        features.rank() == 4
            ? InputType.convolutional(features.size(2), features.size(3), features.size(1))
            : InputType.feedForward(features.size(1));
    return outputTypes(input).stream().mapToDouble(Dl4jNetwork::numbers).sum();
  }

  /** Unknown lengths, which DL4J has as −1 or 0, count as 1. */
  private static double numbers(InputType type) {
    double product = 1;
    for (long length : type.getShape(false)) {
      if (length < -1) {
        throw new IllegalArgumentException("a layer gives out " + type);
      }
      product *= Math.max(length, 1);
    }
    return product;
  }

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
    return view().describe();
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

  /**
   * A MultiLayerNetwork.
   *
   * @param model as DL4J made it
   */
  record Sequence(MultiLayerNetwork model) implements Dl4jNetwork {
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
    public BackpropType backpropagation() {
      return model.getLayerWiseConfigurations().getBackpropType();
    }

    @Override
    public boolean takesImages() {
      return model.getLayer(0).conf().getLayer() instanceof ConvolutionLayer
          && model.getLayerWiseConfigurations().getInputPreProcess(0) == null;
    }

    @Override
    public List<InputType> outputTypes(InputType input) {
      return model.getLayerWiseConfigurations().getLayerActivationTypes(input);
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
  }

  /**
   * A ComputationGraph.
   *
   * @param model as DL4J made it
   */
  record Graph(ComputationGraph model) implements Dl4jNetwork {
    @Override
    public List<Stage> stages() throws NoCounterpartException {
      return GraphStages.of(model.getConfiguration(), layers());
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

    /** Of a copy, since DL4J changes sizes and preprocessors on the way. */
    @Override
    public List<InputType> outputTypes(InputType input) {
      return List.copyOf(model.getConfiguration().clone().getLayerActivationTypes(input).values());
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
  }
}
