package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.network.Normalizer.BatchNormalization;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A multilayer perceptron: dense layers, named dense1, dense2 and so on. With a normalization its
 * loss is scale-invariant in the weights of every layer separately.
 *
 * @param hidden widths of the trained layers, from the input on; at least one
 * @param normalizer of every layer
 * @param activation after every normalization
 * @param loss of the logits
 * @param logitScale standard deviation of a logit whose inputs have unit mean square
 */
public record Mlp(
    List<Integer> hidden,
    Normalizer normalizer,
    Activation activation,
    Loss loss,
    double logitScale) {
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

  /** With batch normalization, ε = 0 and {@link NetworkSpec#DEFAULT_LOGIT_SCALE}. */
  public static Mlp batchNormalized(List<Integer> hidden, Activation activation, Loss loss) {
    return new Mlp(
        hidden, new BatchNormalization(0), activation, loss, NetworkSpec.DEFAULT_LOGIT_SCALE);
  }

  /** The layers. */
  public NetworkSpec spec() {
    List<LayerSpec> layers = new ArrayList<>();
    for (int width : hidden) {
      layers.add(new LayerSpec.Dense("dense" + (layers.size() + 1), width, normalizer, activation));
    }
    return new NetworkSpec(layers, loss, logitScale);
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
    return spec().landscape(kernels, Shape.vector(train.inputs().columns()), train, test, seed);
  }

  /**
   * Independent normal weights of standard deviation 1/√(fan-in) for all trained layers.
   *
   * @param inputs number of features
   * @return 1×dimension of the landscape
   */
  public double[] initialWeights(int inputs, long seed) {
    return spec().initialWeights(Shape.vector(inputs), seed);
  }
}
