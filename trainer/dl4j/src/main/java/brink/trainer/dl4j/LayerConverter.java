package brink.trainer.dl4j;

import brink.trainer.kernels.Activation;
import brink.trainer.listener.network.NamedLayer;
import brink.trainer.listener.network.TrainedArray;
import brink.trainer.network.LayerSpec;
import brink.trainer.network.LayerSpec.PoolKind;
import brink.trainer.network.Normalizer;
import brink.trainer.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Writes the layers of a DL4J network in our own, from the input on. */
final class LayerConverter {
  private final ConvertedArrays arrays;
  private Counterparts.@Nullable WeightedLoss loss;
  private Shape shape;
  private boolean flattened;
  private int parts;

  /**
   * A converter at the input of a network.
   *
   * @param arrays takes the numbers of its layers
   */
  LayerConverter(ConvertedArrays arrays, InputShape input) {
    this.arrays = arrays;
    this.shape = input.shape();
    this.flattened = input.flattened();
  }

  /** The loss, known once all layers are converted. */
  Counterparts.WeightedLoss loss() throws NoCounterpartException {
    if (loss == null) {
      throw new NoCounterpartException("the network does not end with an output layer");
    }
    return loss;
  }

  /**
   * Layers for some stages.
   *
   * @throws NoCounterpartException naming the layer that has none
   */
  List<LayerSpec> convert(List<Stage> stages) throws NoCounterpartException {
    List<LayerSpec> layers = new ArrayList<>();
    for (Stage stage : stages) {
      switch (stage) {
        case Stage.Single(NamedLayer layer, InputPreProcessor before) -> {
          if (loss != null) {
            throw NoCounterpartException.of(layer, "comes after the output layer");
          }
          reshape(layer, before);
          layers.addAll(convert(layer));
        }
        case Stage.Sum sum -> layers.add(sum(sum));
        case Stage.Merge merge -> {
          layers.add(merged(merge, merge.normalization()));
          if (merge.normalization() != null) {
            layers.addAll(scaleAndShift(merge.normalization()));
          }
        }
      }
    }
    return layers;
  }

  private LayerSpec sum(Stage.Sum sum) throws NoCounterpartException {
    Shape input = shape;
    boolean wasFlattened = flattened;
    List<LayerSpec> body = convert(sum.body());
    Shape output = shape;
    boolean isFlattened = flattened;
    shape = input;
    flattened = wasFlattened;
    List<LayerSpec> shortcut = convert(sum.shortcut());
    if (!shape.equals(output) || flattened != isFlattened) {
      throw new NoCounterpartException(
          "vertex %s adds %s and %s".formatted(sum.name(), output, shape));
    }
    if (body.isEmpty()) {
      throw new NoCounterpartException("vertex " + sum.name() + " has a branch without effect");
    }
    return new LayerSpec.Residual(sum.name(), body, shortcut);
  }

  /**
   * Branches side by side: the sum of each behind a fixed map to its channels among all of them. A
   * batch normalization takes every channel for itself, so that each branch can have its own, which
   * then follows straight on the layer that it makes scale-invariant.
   */
  private LayerSpec merged(Stage.Merge merge, @Nullable NamedLayer normalization)
      throws NoCounterpartException {
    Shape input = shape;
    boolean wasFlattened = flattened;
    List<List<LayerSpec>> branches = new ArrayList<>();
    List<Shape> outputs = new ArrayList<>();
    for (List<Stage> branch : merge.branches()) {
      shape = input;
      flattened = wasFlattened;
      branches.add(branch(branch, normalization));
      if (flattened) {
        throw new NoCounterpartException(
            "vertex " + merge.name() + " concatenates flattened images");
      }
      outputs.add(shape);
    }
    SideBySide together = SideBySide.of(merge.name(), outputs);
    for (int i = 0; i < branches.size(); i++) {
      LayerSpec place = together.place(i);
      arrays.fix(place.name(), together.weights(i));
      branches.get(i).add(place);
    }
    shape = together.shape();
    return SideBySide.sum(merge.name(), branches);
  }

  private List<LayerSpec> branch(List<Stage> stages, @Nullable NamedLayer normalization)
      throws NoCounterpartException {
    if (normalization == null) {
      return convert(stages);
    }
    if (!stages.isEmpty()
        && stages.getLast() instanceof Stage.Merge inner
        && inner.normalization() == null) {
      List<LayerSpec> layers = convert(stages.subList(0, stages.size() - 1));
      layers.add(merged(inner, normalization));
      return layers;
    }
    List<LayerSpec> layers = convert(stages);
    parts++;
    layers.add(statistics(normalization, normalization.name() + "." + parts));
    return layers;
  }

  private void reshape(NamedLayer layer, @Nullable InputPreProcessor before)
      throws NoCounterpartException {
    switch (before) {
      case null -> {}
      case CnnToFeedForwardPreProcessor flatten
          when !flattened && flatten.getFormat() == CNN2DFormat.NCHW ->
          flattened = shape.positions() > 1;
      case FeedForwardToCnnPreProcessor image
          when !flattened && shape.equals(InputShape.of(image)) -> {}
      default ->
          throw NoCounterpartException.of(
              layer, "has a " + before.getClass().getSimpleName() + " before it");
    }
  }

  private List<LayerSpec> convert(NamedLayer layer) throws NoCounterpartException {
    return switch (layer.configuration()) {
      case DenseLayer dense when dense.getClass() == DenseLayer.class -> dense(layer, dense);
      case ConvolutionLayer convolution when convolution.getClass() == ConvolutionLayer.class ->
          convolution(layer, convolution);
      case BatchNormalization _ -> normalization(layer);
      case ActivationLayer activation -> activation(layer, activation.getActivationFn());
      case SubsamplingLayer pool when pool.getClass() == SubsamplingLayer.class ->
          pool(layer, pool);
      case GlobalPoolingLayer pool -> globalPool(layer, pool);
      case OutputLayer output when output.getClass() == OutputLayer.class -> output(layer, output);
      case LossLayer output -> {
        requireVectors(layer);
        end(layer, output.getLossFn(), output.getActivationFn());
        yield List.of();
      }
      default -> throw NoCounterpartException.of(layer, "has no counterpart");
    };
  }

  private List<LayerSpec> dense(NamedLayer layer, DenseLayer configuration)
      throws NoCounterpartException {
    if (configuration.hasLayerNorm()) {
      throw NoCounterpartException.of(layer, "has a layer normalization of its own");
    }
    List<LayerSpec> layers = linear(layer, configuration);
    layers.addAll(activation(layer, configuration.getActivationFn()));
    return layers;
  }

  private List<LayerSpec> output(NamedLayer layer, BaseOutputLayer configuration)
      throws NoCounterpartException {
    List<LayerSpec> layers = linear(layer, configuration);
    end(layer, configuration.getLossFn(), configuration.getActivationFn());
    return layers;
  }

  private List<LayerSpec> linear(NamedLayer layer, FeedForwardLayer configuration) {
    int units = Math.toIntExact(configuration.getNOut());
    String name = arrays.weights(layer, WeightOrder.dense(flattened ? shape : vector(), units));
    LayerSpec dense =
        new LayerSpec.Dense(name, units, new Normalizer.NoNormalization(), Activation.IDENTITY);
    flattened = false;
    return withBias(layer, dense);
  }

  private Shape vector() {
    return Shape.vector(shape.features());
  }

  private void end(NamedLayer layer, ILossFunction function, IActivation activation)
      throws NoCounterpartException {
    loss = Counterparts.of(function, activation, shape.features());
    if (loss == null) {
      throw NoCounterpartException.of(
          layer,
          "has the loss %s of %s"
              .formatted(
                  function.getClass().getSimpleName(), activation.getClass().getSimpleName()));
    }
  }

  private List<LayerSpec> convolution(NamedLayer layer, ConvolutionLayer configuration)
      throws NoCounterpartException {
    requireNotFlattened(layer);
    Windows windows = Windows.of(layer, configuration, shape);
    int filters = Math.toIntExact(configuration.getNOut());
    String name =
        arrays.weights(layer, WeightOrder.convolution(filters, shape.channels(), windows.size()));
    List<LayerSpec> layers =
        withBias(
            layer,
            new LayerSpec.Convolution(
                name,
                filters,
                windows.size(),
                windows.stride(),
                windows.padding(),
                new Normalizer.NoNormalization(),
                Activation.IDENTITY));
    layers.addAll(activation(layer, configuration.getActivationFn()));
    return layers;
  }

  private List<LayerSpec> withBias(NamedLayer layer, LayerSpec linear) {
    List<LayerSpec> layers = new ArrayList<>();
    layers.add(linear);
    shape = linear.output(shape);
    INDArray bias = layer.layer().getParam(DefaultParamInitializer.BIAS_KEY);
    if (bias != null) {
      String name = TrainedArray.name(layer.name(), DefaultParamInitializer.BIAS_KEY);
      layers.addAll(arrays.channelwise(new LayerSpec.Shift(name), bias, 0));
    }
    return layers;
  }

  private List<LayerSpec> normalization(NamedLayer layer) throws NoCounterpartException {
    requireNotFlattened(layer);
    List<LayerSpec> layers = new ArrayList<>();
    layers.add(statistics(layer, layer.name()));
    layers.addAll(scaleAndShift(layer));
    return layers;
  }

  /** Without γ and β. */
  private static LayerSpec statistics(NamedLayer layer, String name) throws NoCounterpartException {
    if (layer.layer() instanceof FrozenLayer) {
      throw NoCounterpartException.of(layer, "is frozen, with its running statistics");
    }
    return new LayerSpec.Normalize(
        name,
        new Normalizer.BatchNormalization(((BatchNormalization) layer.configuration()).getEps()),
        Activation.IDENTITY);
  }

  private List<LayerSpec> scaleAndShift(NamedLayer layer) throws NoCounterpartException {
    BatchNormalization configuration = (BatchNormalization) layer.configuration();
    if (!configuration.isLockGammaBeta()) {
      return affine(layer);
    }
    if (configuration.getGamma() != 1 || configuration.getBeta() != 0) {
      // DL4J applies such constants in the one pass and not in the other
      throw NoCounterpartException.of(layer, "has γ and β locked at other values than 1 and 0");
    }
    return List.of();
  }

  private List<LayerSpec> affine(NamedLayer layer) {
    String gamma = TrainedArray.name(layer.name(), BatchNormalizationParamInitializer.GAMMA);
    String beta = TrainedArray.name(layer.name(), BatchNormalizationParamInitializer.BETA);
    List<LayerSpec> layers = new ArrayList<>();
    layers.addAll(
        arrays.channelwise(
            new LayerSpec.Scale(gamma),
            layer.layer().getParam(BatchNormalizationParamInitializer.GAMMA),
            1));
    layers.addAll(
        arrays.channelwise(
            new LayerSpec.Shift(beta),
            layer.layer().getParam(BatchNormalizationParamInitializer.BETA),
            0));
    return layers;
  }

  private List<LayerSpec> activation(NamedLayer layer, IActivation function)
      throws NoCounterpartException {
    Activation activation = Counterparts.of(function);
    if (activation == null) {
      throw NoCounterpartException.of(
          layer, "has the activation " + function.getClass().getSimpleName());
    }
    return activation == Activation.IDENTITY
        ? List.of()
        : List.of(new LayerSpec.Activate(layer.name() + ".activation", activation));
  }

  private List<LayerSpec> pool(NamedLayer layer, SubsamplingLayer configuration)
      throws NoCounterpartException {
    requireNotFlattened(layer);
    Windows windows = Windows.of(layer, configuration, shape);
    if (windows.padding() != 0) {
      throw NoCounterpartException.of(layer, "pads the images that it pools");
    }
    PoolKind kind = kind(layer, Counterparts.of(configuration.getPoolingType()));
    return pooled(new LayerSpec.Pool(layer.name(), kind, windows.size(), windows.stride()));
  }

  private List<LayerSpec> globalPool(NamedLayer layer, GlobalPoolingLayer configuration)
      throws NoCounterpartException {
    requireNotFlattened(layer);
    int[] dimensions = configuration.getPoolingDimensions();
    if (!configuration.isCollapseDimensions()
        || (dimensions != null && !Arrays.equals(dimensions, new int[] {2, 3}))) {
      throw NoCounterpartException.of(layer, "pools other dimensions than height and width");
    }
    PoolKind kind = kind(layer, Counterparts.of(configuration.getPoolingType()));
    return pooled(new LayerSpec.GlobalPool(layer.name(), kind));
  }

  private static PoolKind kind(NamedLayer layer, @Nullable PoolKind kind)
      throws NoCounterpartException {
    if (kind == null) {
      throw NoCounterpartException.of(layer, "pools neither the largest entry nor the mean");
    }
    return kind;
  }

  private List<LayerSpec> pooled(LayerSpec pool) {
    shape = pool.output(shape);
    return List.of(pool);
  }

  private void requireNotFlattened(NamedLayer layer) throws NoCounterpartException {
    if (flattened) {
      throw NoCounterpartException.of(layer, "takes flattened images, which only dense layers do");
    }
  }

  private void requireVectors(NamedLayer layer) throws NoCounterpartException {
    if (shape.positions() > 1) {
      throw NoCounterpartException.of(layer, "takes images");
    }
  }
}
