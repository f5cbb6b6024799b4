package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Normalization.Statistics;
import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.WeightBlock;
import brink.trainer.network.Normalizer.BatchNormalization;
import brink.trainer.network.Normalizer.GroupNormalization;
import brink.trainer.network.Normalizer.LayerNormalization;
import brink.trainer.network.Normalizer.NoNormalization;
import brink.trainer.network.Normalizer.WeightNormalization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes layers of their specifications, with the memory for a batch. */
final class NetworkBuilder {
  private final Kernels kernels;
  private final int examples;
  private final PassScratch scratch;
  private final Map<String, double[]> fixed;
  private final Map<String, WeightBlock> blocks = new HashMap<>();
  private final List<NormalizedUnits> normalized = new ArrayList<>();
  private @Nullable DataMap dataMap;

  /**
   * A builder of one network.
   *
   * @param scratch for as many examples as the batch has
   * @param fixed weights of the layers that are not in the layout, because they are not trained
   */
  NetworkBuilder(
      Kernels kernels,
      PassScratch scratch,
      List<WeightLayout.Entry> layout,
      Map<String, double[]> fixed) {
    this.kernels = kernels;
    this.examples = scratch.examples();
    this.scratch = scratch;
    this.fixed = fixed;
    layout.forEach(entry -> blocks.put(entry.block().name(), entry.block()));
  }

  /** All normalizations of the layers that were built, from the input on. */
  List<NormalizedUnits> normalized() {
    return List.copyOf(normalized);
  }

  /** The map of the first layer, if {@link DataMap} serves it. */
  @Nullable DataMap dataMap() {
    return dataMap;
  }

  /** The layers of a whole network. */
  List<Layer> network(List<LayerSpec> specs, Shape input) {
    if (specs.getFirst() instanceof LayerSpec.Dense dense
        && DataMap.serves(dense, fixed.keySet(), input)) {
      DenseMap map = new DenseMap(kernels, input.features(), dense.units());
      dataMap = new DataMap(kernels, map, block(dense), examples);
    }
    return layers(specs, input, 0);
  }

  private List<Layer> layers(List<LayerSpec> specs, Shape input, int slot) {
    List<Layer> layers = new ArrayList<>();
    Shape shape = input;
    for (LayerSpec spec : specs) {
      layers.add(layer(spec, shape, slot + PassScratch.SLOTS_OF_CHAIN));
      shape = spec.output(shape);
    }
    return layers;
  }

  private Layer layer(LayerSpec spec, Shape input, int slot) {
    return switch (spec) {
      case LayerSpec.Trained trained ->
          linear(
              trained,
              map(trained, input),
              () ->
                  response(
                      trained.name(),
                      trained.normalizer(),
                      trained.activation(),
                      trained.output(input)));
      case LayerSpec.Scale scale ->
          linear(
              scale,
              new ScaleMap(kernels, input),
              () ->
                  new ActivatedResponse(kernels, Activation.IDENTITY, examples, input.features()));
      case LayerSpec.Shift shift -> shift(shift, input);
      case LayerSpec.Normalize(String name, Normalizer normalizer, Activation activation) ->
          new NormalizationLayer(kernels, response(name, normalizer, activation, input));
      case LayerSpec.Pooled pooled -> pool(pooled.kind(), pooled.over(input));
      case LayerSpec.Activate(String _, Activation activation) ->
          new ActivationLayer(kernels, activation, examples, input.features());
      case LayerSpec.Residual residual -> residual(residual, input, slot);
      case LayerSpec.Subsample subsample -> subsample(subsample.over(input));
    };
  }

  private LinearMap map(LayerSpec.Trained spec, Shape input) {
    if (dataMap != null && dataMap.isOf(spec.name())) {
      return dataMap;
    }
    return switch (spec) {
      case LayerSpec.Dense dense -> new DenseMap(kernels, input.features(), dense.units());
      case LayerSpec.Convolution convolution ->
          new ConvolutionMap(kernels, convolution.over(input));
    };
  }

  private Layer linear(LayerSpec.Weighted spec, LinearMap map, Supplier<Response> response) {
    double[] constant = fixed.get(spec.name());
    if (constant != null) {
      return new UntrainedLayer(kernels, new FrozenMap(map, row(constant, map)), examples);
    }
    WeightBlock block = block(spec);
    Parametrization parametrization =
        spec instanceof LayerSpec.Trained trained
                && trained.normalizer() instanceof WeightNormalization
            ? new UnitRows(kernels, block)
            : new PlainWeights(block);
    return new TrainedLayer(map, parametrization, response.get());
  }

  private Tensor row(double[] values, LinearMap map) {
    Tensor weights = kernels.allocate(map.weightRows(), map.weightColumns());
    weights.set(values);
    return weights;
  }

  private Layer shift(LayerSpec.Shift spec, Shape input) {
    double[] constant = fixed.get(spec.name());
    if (constant == null) {
      return ShiftLayer.trained(kernels, input, examples, block(spec));
    }
    Tensor values = kernels.allocate(1, input.channels());
    values.set(constant);
    return ShiftLayer.fixed(kernels, input, examples, values);
  }

  private WeightBlock block(LayerSpec.Weighted spec) {
    WeightBlock block = blocks.get(spec.name());
    if (block == null) {
      throw new IllegalStateException("layer " + spec.name() + " has no weights in the layout");
    }
    return block;
  }

  private Response response(
      String name, Normalizer normalizer, Activation activation, Shape output) {
    return switch (normalizer) {
      case BatchNormalization(double epsilon) ->
          normalized(name, activation, new Statistics.Batch(), epsilon, output);
      case LayerNormalization(double epsilon) ->
          normalized(
              name, activation, new Statistics.Group(output.positions(), 1), epsilon, output);
      case GroupNormalization(int groups, double epsilon) ->
          normalized(
              name, activation, new Statistics.Group(output.positions(), groups), epsilon, output);
      case WeightNormalization _, NoNormalization _ ->
          new ActivatedResponse(kernels, activation, examples, output.features());
    };
  }

  private Response normalized(
      String name, Activation activation, Statistics statistics, double epsilon, Shape output) {
    int rows = Math.multiplyExact(examples, output.positions());
    Normalization state =
        Normalization.allocate(kernels, statistics, activation, epsilon, rows, output.channels());
    normalized.add(new NormalizedUnits(name, state));
    return new NormalizedResponse(kernels, state, examples);
  }

  private Layer pool(LayerSpec.PoolKind kind, Pooling shape) {
    UntrainedMap map =
        switch (kind) {
          case MAX -> MaxPoolMap.of(kernels, shape, examples);
          case AVERAGE -> new AveragePoolMap(kernels, shape);
        };
    return new UntrainedLayer(kernels, map, examples);
  }

  private Layer residual(LayerSpec.Residual spec, Shape input, int slot) {
    int inner = slot + PassScratch.SLOTS_OF_RESIDUAL;
    Layer body = new Chain(layers(spec.body(), input, inner), scratch, inner);
    @Nullable Layer shortcut =
        spec.shortcut().isEmpty()
            ? null
            : new Chain(layers(spec.shortcut(), input, inner), scratch, inner);
    return new ResidualLayer(kernels, body, shortcut, scratch, slot);
  }

  /** A convolution of 1×1 whose filters pick one channel each. */
  private Layer subsample(Convolution shape) {
    Tensor filters = kernels.allocate(shape.filters(), shape.channels());
    double[] identity = new double[shape.filters() * shape.channels()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      identity[channel * shape.channels() + channel] = 1;
    }
    filters.set(identity);
    return new UntrainedLayer(
        kernels, new FrozenMap(new ConvolutionMap(kernels, shape), filters), examples);
  }
}
