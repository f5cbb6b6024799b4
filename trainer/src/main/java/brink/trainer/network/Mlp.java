package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.WeightBlock;
import brink.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A multilayer perceptron whose loss is scale-invariant in the weights of every layer separately:
 * each trained layer is followed by batch normalization without affine parameters and an
 * activation, and the last layer, which nothing normalizes, is random and frozen (the construction
 * of Li and Arora, arXiv 1910.07454). No biases: the normalization would subtract them.
 *
 * @param hidden widths of the trained layers, from the input on; at least one
 * @param activation after every normalization
 * @param loss of the logits
 * @param epsilon ε of the normalization; 0 keeps the scale invariance exact
 * @param logitScale standard deviation of a logit whose inputs have unit mean square
 */
public record Mlp(
    List<Integer> hidden, Activation activation, Loss loss, double epsilon, double logitScale) {
  /**
   * Keeps a cross-entropy away from 0, so that training does not end in a vanishing gradient and
   * the edge, once reached, lasts. At 4 the loss falls to 1e-4, the edge is crossed in silence, and
   * catapults follow.
   */
  public static final double DEFAULT_LOGIT_SCALE = 1;

  /** Checks and copies. */
  public Mlp {
    hidden = List.copyOf(hidden);
    if (hidden.isEmpty() || hidden.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException("hidden widths must be positive, not " + hidden);
    }
    if (!(logitScale > 0)) {
      throw new IllegalArgumentException("logit scale must be positive, not " + logitScale);
    }
  }

  /** With ε = 0 and {@link #DEFAULT_LOGIT_SCALE}. */
  public static Mlp batchNormalized(List<Integer> hidden, Activation activation, Loss loss) {
    return new Mlp(hidden, activation, loss, 0, DEFAULT_LOGIT_SCALE);
  }

  /**
   * The training loss of this network on some data.
   *
   * @param test for {@link NetworkLandscape#evaluate}; null if there is none
   * @param seed of the frozen last layer
   * @throws IllegalArgumentException if training and test data differ in width
   */
  public NetworkLandscape landscape(
      Kernels kernels, Examples train, @Nullable Examples test, long seed) {
    if (test != null) {
      requireSameWidths(train, test);
    }
    List<NormalizedLayer> layers = new ArrayList<>();
    int inputs = train.inputs().columns();
    long offset = 0;
    for (int width : hidden) {
      NormalizedLayer layer =
          layer(kernels, layers.size() + 1, inputs, width, offset, train.size());
      layers.add(layer);
      inputs = width;
      offset = layer.block().end();
    }
    Layer last = frozen(kernels, train, seed);
    return new NetworkLandscape(kernels, layers, last, loss, train, test);
  }

  private NormalizedLayer layer(
      Kernels kernels, int number, int inputs, int width, long offset, int examples) {
    return new NormalizedLayer(
        kernels,
        new Dense(kernels, inputs, width),
        new WeightBlock("dense" + number, offset, width, inputs),
        Normalization.batch(kernels, activation, epsilon, examples, width));
  }

  private FrozenLayer frozen(Kernels kernels, Examples train, long seed) {
    Dense map = new Dense(kernels, hidden.getLast(), train.targets().columns());
    Tensor weights = kernels.allocate(map.weightRows(), map.weightColumns());
    weights.set(frozenWeights(map.outputs(), seed));
    return new FrozenLayer(kernels, map, weights, train.size());
  }

  /**
   * The frozen last layer: independent normal weights of standard deviation logitScale/√(fan-in).
   *
   * @return outputs×(last hidden width)
   */
  double[] frozenWeights(int outputs, long seed) {
    Random random = RandomStream.of("frozen weights", seed);
    double[] weights = new double[outputs * hidden.getLast()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = logitScale * random.nextGaussian() / Math.sqrt(hidden.getLast());
    }
    return weights;
  }

  /**
   * Independent normal weights of standard deviation 1/√(fan-in) for all trained layers.
   *
   * @param inputs number of features
   * @return 1×dimension of the landscape
   */
  public double[] initialWeights(int inputs, long seed) {
    Random random = RandomStream.of("weights", seed);
    List<Integer> widths = new ArrayList<>(List.of(inputs));
    widths.addAll(hidden);
    double[] weights = new double[dimension(inputs)];
    int at = 0;
    for (int i = 1; i < widths.size(); i++) {
      int fanIn = widths.get(i - 1);
      for (int end = at + widths.get(i) * fanIn; at < end; at++) {
        weights[at] = random.nextGaussian() / Math.sqrt(fanIn);
      }
    }
    return weights;
  }

  /** Number of trained weights for a number of features. */
  public int dimension(int inputs) {
    long total = 0;
    int fanIn = inputs;
    for (int width : hidden) {
      total += (long) fanIn * width;
      fanIn = width;
    }
    return Math.toIntExact(total);
  }

  /** In words, for example "20-32-32-5 tanh". */
  public String describe(int inputs, int outputs) {
    StringBuilder words = new StringBuilder().append(inputs);
    hidden.forEach(width -> words.append('-').append(width));
    return words
        .append('-')
        .append(outputs)
        .append(' ')
        .append(activation.name().toLowerCase(Locale.ROOT))
        .toString();
  }

  private static void requireSameWidths(Examples train, Examples test) {
    if (train.inputs().columns() != test.inputs().columns()
        || train.targets().columns() != test.targets().columns()) {
      throw new IllegalArgumentException(
          "training examples of %d→%d, test examples of %d→%d"
              .formatted(
                  train.inputs().columns(),
                  train.targets().columns(),
                  test.inputs().columns(),
                  test.targets().columns()));
    }
  }
}
