package brink.trainer.network;

import brink.trainer.kernels.Precision;
import java.util.List;
import java.util.Locale;

/**
 * Memory of a {@link NetworkLandscape} and its data. In numbers, for n training and n_test test
 * examples of d features and k targets, D weights, and layers with m outputs of an example:
 *
 * <ul>
 *   <li>a trained layer 6·n·m (3·n·m without normalization and activation), and 3 for each set of
 *       entries that is normalized together; weight normalization 3 for each weight and 1 for each
 *       unit;
 *   <li>an activation 3·n·m, a max pooling 4·n·m, an average pooling or a subsampling 3·n·m, a
 *       residual layer 2·n·m beside its branches;
 *   <li>scratch 2·n·max(m, k), and 3·n·max(m, k) more for every level of residual layers;
 *   <li>the last layer and the loss 5·n·k and the frozen weights; weights and gradient 2·D; the
 *       data n·(d + k) + n_test·(d + 4·k).
 * </ul>
 *
 * @param fixed bytes that do not depend on the number of examples
 * @param perExample bytes of a training example
 * @param perTestExample bytes of a test example
 */
public record NetworkMemory(long fixed, long perExample, long perTestExample) {
  static NetworkMemory of(NetworkSpec spec, Shape input, int outputs, Precision precision) {
    NetworkSize size = NetworkSize.of(spec, input, outputs);
    LayerNumbers layers = LayerNumbers.of(spec.layers(), input);
    long logits = Checks.through(spec.layers(), input).features();
    long data = (long) input.features() + outputs;
    long scratch = (long) size.slots() * size.widest();
    return new NetworkMemory(
        precision.bytes() * (layers.fixed() + logits * outputs + 2L * spec.dimension(input)),
        precision.bytes() * (layers.perExample() + scratch + data + 5L * outputs),
        precision.bytes() * (data + 3L * outputs));
  }

  /** The same with so many more bytes that do not depend on the number of examples. */
  public NetworkMemory plus(long bytes) {
    return new NetworkMemory(fixed + bytes, perExample, perTestExample);
  }

  /** Bytes for n training and n_test test examples. */
  public long bytes(long examples, long testExamples) {
    return fixed + perExample * examples + perTestExample * testExamples;
  }

  /**
   * Refuses what does not fit.
   *
   * @param available bytes of the machine
   * @throws IllegalArgumentException saying what is needed and how many examples would fit
   */
  public void requireFits(long examples, long testExamples, long available) {
    long needed = bytes(examples, testExamples);
    if (needed <= available) {
      return;
    }
    long largest = Math.max(0, (available - bytes(0, testExamples)) / perExample);
    String what = largest == 0 ? "the network alone" : "%,d training examples".formatted(examples);
    String fit = largest == 0 ? "" : ": at most %,d fit".formatted(largest);
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s would take %.1f GiB, and the machine has %.1f GiB%s",
            what,
            gibibytes(largest == 0 ? fixed : needed),
            gibibytes(available),
            fit));
  }

  private static double gibibytes(long bytes) {
    return bytes / (double) (1L << 30);
  }

  /**
   * Numbers that layers keep.
   *
   * @param fixed whatever the number of examples
   * @param perExample for each of them
   */
  private record LayerNumbers(long fixed, long perExample) {
    static LayerNumbers of(List<LayerSpec> layers, Shape input) {
      LayerNumbers sum = new LayerNumbers(0, 0);
      Shape shape = input;
      for (LayerSpec layer : layers) {
        sum = sum.plus(of(layer, shape));
        shape = layer.output(shape);
      }
      return sum;
    }

    private static LayerNumbers of(LayerSpec layer, Shape input) {
      Shape output = layer.output(input);
      long m = output.features();
      return switch (layer) {
        case LayerSpec.Trained trained -> trained(trained, input, output);
        case LayerSpec.Pooled pooled ->
            new LayerNumbers(0, (pooled.kind() == LayerSpec.PoolKind.MAX ? 4 : 3) * m);
        case LayerSpec.Activate _ -> new LayerNumbers(0, 3 * m);
        case LayerSpec.Subsample _ ->
            new LayerNumbers((long) output.channels() * input.channels(), 3 * m);
        case LayerSpec.Residual(var _, var body, var shortcut) ->
            of(body, input).plus(of(shortcut, input)).plus(new LayerNumbers(0, 2 * m));
      };
    }

    private static LayerNumbers trained(LayerSpec.Trained layer, Shape input, Shape output) {
      long m = output.features();
      return switch (layer.normalizer()) {
        case Normalizer.BatchNormalization _ -> new LayerNumbers(3L * output.channels(), 6 * m);
        case Normalizer.LayerNormalization _ -> new LayerNumbers(0, 6 * m + 3);
        case Normalizer.GroupNormalization(int groups, double _) ->
            new LayerNumbers(0, 6 * m + 3L * groups);
        case Normalizer.NoNormalization _ -> new LayerNumbers(0, plain(layer) * m);
        case Normalizer.WeightNormalization _ ->
            new LayerNumbers(
                layer.weightRows() * (3L * layer.weightColumns(input) + 1), plain(layer) * m);
      };
    }

    private static long plain(LayerSpec.Trained layer) {
      return layer.activation() == brink.trainer.kernels.Activation.IDENTITY ? 3 : 6;
    }

    private LayerNumbers plus(LayerNumbers other) {
      return new LayerNumbers(fixed + other.fixed, perExample + other.perExample);
    }
  }
}
