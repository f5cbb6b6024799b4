package brink.trainer.network;

import brink.trainer.kernels.Activation;
import java.util.List;
import java.util.Set;

/**
 * Numbers that layers keep, by the formula of {@link NetworkMemory}.
 *
 * @param fixed whatever the number of examples
 * @param perExample for each of them
 */
record LayerMemory(long fixed, long perExample) {
  /**
   * The sum over layers one after the other.
   *
   * @param constant names of the layers whose weights are not trained
   */
  static LayerMemory of(List<LayerSpec> layers, Set<String> constant, Shape input) {
    LayerMemory sum = new LayerMemory(0, 0);
    Shape shape = input;
    for (LayerSpec layer : layers) {
      sum = sum.plus(of(layer, constant, shape));
      shape = layer.output(shape);
    }
    return sum;
  }

  private static LayerMemory of(LayerSpec layer, Set<String> constant, Shape input) {
    Shape output = layer.output(input);
    long m = output.features();
    return switch (layer) {
      case LayerSpec.Weighted weighted -> weighted(weighted, constant, input, output);
      case LayerSpec.Normalize normalize -> responding(normalize.normalizer(), output);
      case LayerSpec.Pooled pooled ->
          new LayerMemory(0, (pooled.kind() == LayerSpec.PoolKind.MAX ? 4 : 3) * m);
      case LayerSpec.Activate _ -> new LayerMemory(0, 3 * m);
      case LayerSpec.Subsample _ ->
          new LayerMemory((long) output.channels() * input.channels(), 3 * m);
      case LayerSpec.Residual(var _, var body, var shortcut) ->
          of(body, constant, input)
              .plus(of(shortcut, constant, input))
              .plus(new LayerMemory(0, 2 * m));
    };
  }

  private static LayerMemory weighted(
      LayerSpec.Weighted layer, Set<String> constant, Shape input, Shape output) {
    long m = output.features();
    long ones = layer instanceof LayerSpec.Shift ? output.positions() : 0;
    if (constant.contains(layer.name())) {
      long weights = (long) layer.weightRows() * layer.weightColumns(input);
      return new LayerMemory(weights, 3 * m + ones);
    }
    return switch (layer) {
      case LayerSpec.Channelwise _ -> new LayerMemory(0, 3 * m + ones);
      case LayerSpec.Trained trained -> trained(trained, input, output);
    };
  }

  private static LayerMemory trained(LayerSpec.Trained layer, Shape input, Shape output) {
    long plain = (layer.activation() == Activation.IDENTITY ? 3L : 6L) * output.features();
    return switch (layer.normalizer()) {
      case Normalizer.NoNormalization _ -> new LayerMemory(0, plain);
      case Normalizer.WeightNormalization _ ->
          new LayerMemory(layer.weightRows() * (3L * layer.weightColumns(input) + 1), plain);
      default -> responding(layer.normalizer(), output);
    };
  }

  private static LayerMemory responding(Normalizer normalizer, Shape output) {
    long m = output.features();
    return switch (normalizer) {
      case Normalizer.BatchNormalization _ -> new LayerMemory(3L * output.channels(), 6 * m);
      case Normalizer.LayerNormalization _ -> new LayerMemory(0, 6 * m + 3);
      case Normalizer.GroupNormalization(int groups, double _) ->
          new LayerMemory(0, 6 * m + 3L * groups);
      case Normalizer.WeightNormalization _, Normalizer.NoNormalization _ ->
          throw new IllegalArgumentException(normalizer.describe() + " keeps nothing of an input");
    };
  }

  private LayerMemory plus(LayerMemory other) {
    return new LayerMemory(fixed + other.fixed, perExample + other.perExample);
  }
}
