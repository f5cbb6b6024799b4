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
import org.jspecify.annotations.Nullable;

/** Makes layers of their specifications, with the memory for a batch. */
final class NetworkBuilder {
  private final Kernels kernels;
  private final int examples;
  private final Scratch scratch;
  private final Map<String, WeightBlock> blocks = new HashMap<>();
  private final List<NormalizedUnits> normalized = new ArrayList<>();

  /**
   * A builder of one network.
   *
   * @param scratch for as many examples as the batch has
   */
  NetworkBuilder(Kernels kernels, Scratch scratch, List<WeightLayout.Entry> layout) {
    this.kernels = kernels;
    this.examples = scratch.examples();
    this.scratch = scratch;
    layout.forEach(entry -> blocks.put(entry.block().name(), entry.block()));
  }

  /** All normalizations of the layers that were built, from the input on. */
  List<NormalizedUnits> normalized() {
    return List.copyOf(normalized);
  }

  /** Layers one after the other. */
  List<Layer> layers(List<LayerSpec> specs, Shape input, int slot) {
    List<Layer> layers = new ArrayList<>();
    Shape shape = input;
    for (LayerSpec spec : specs) {
      layers.add(layer(spec, shape, slot + Scratch.SLOTS_OF_CHAIN));
      shape = spec.output(shape);
    }
    return layers;
  }

  private Layer layer(LayerSpec spec, Shape input, int slot) {
    return switch (spec) {
      case LayerSpec.Trained trained -> trained(trained, input);
      case LayerSpec.Pooled pooled -> pool(pooled.kind(), pooled.over(input));
      case LayerSpec.Activate(String _, Activation activation) ->
          new ActivationLayer(kernels, activation, examples, input.features());
      case LayerSpec.Residual residual -> residual(residual, input, slot);
      case LayerSpec.Subsample subsample -> subsample(subsample.over(input));
    };
  }

  private Layer trained(LayerSpec.Trained spec, Shape input) {
    LinearMap map =
        switch (spec) {
          case LayerSpec.Dense dense -> new DenseMap(kernels, input.features(), dense.units());
          case LayerSpec.Convolution convolution ->
              new ConvolutionMap(kernels, convolution.over(input));
        };
    WeightBlock block = blocks.get(spec.name());
    if (block == null) {
      throw new IllegalStateException("layer " + spec.name() + " has no weights in the layout");
    }
    Parametrization parametrization =
        spec.normalizer() instanceof WeightNormalization
            ? new UnitRows(kernels, block)
            : new PlainWeights(block);
    return new TrainedLayer(map, parametrization, response(spec, spec.output(input)));
  }

  private Response response(LayerSpec.Trained spec, Shape output) {
    return switch (spec.normalizer()) {
      case BatchNormalization(double epsilon) ->
          normalized(spec, new Statistics.Batch(), epsilon, output);
      case LayerNormalization(double epsilon) ->
          normalized(spec, new Statistics.Group(output.positions(), 1), epsilon, output);
      case GroupNormalization(int groups, double epsilon) ->
          normalized(spec, new Statistics.Group(output.positions(), groups), epsilon, output);
      case WeightNormalization _, NoNormalization _ ->
          new ActivatedResponse(kernels, spec.activation(), examples, output.features());
    };
  }

  private Response normalized(
      LayerSpec.Trained spec, Statistics statistics, double epsilon, Shape output) {
    int rows = Math.multiplyExact(examples, output.positions());
    Normalization state =
        Normalization.allocate(
            kernels, statistics, spec.activation(), epsilon, rows, output.channels());
    normalized.add(new NormalizedUnits(spec.name(), state));
    return new NormalizedResponse(kernels, state, examples);
  }

  private Layer pool(LayerSpec.PoolKind kind, Pooling shape) {
    return switch (kind) {
      case MAX -> new MaxPoolLayer(kernels, shape, examples);
      case AVERAGE -> new AveragePoolLayer(kernels, shape, examples);
    };
  }

  private Layer residual(LayerSpec.Residual spec, Shape input, int slot) {
    int inner = slot + Scratch.SLOTS_OF_RESIDUAL;
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
    return new FrozenLayer(kernels, new ConvolutionMap(kernels, shape), filters, examples);
  }
}
