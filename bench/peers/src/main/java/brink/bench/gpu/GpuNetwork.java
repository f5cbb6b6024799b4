package brink.bench.gpu;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.network.Architectures;
import brink.trainer.network.Examples;
import brink.trainer.network.Mlp;
import brink.trainer.network.NetworkLandscape;
import brink.trainer.network.NetworkSpec;
import brink.trainer.network.Normalizer;
import brink.trainer.network.Shape;
import java.util.List;
import java.util.Random;

/**
 * A network of the table, on inputs without meaning; bench/gpu/peer.py has the same.
 *
 * @param name on the command line
 * @param input shape of an example
 */
record GpuNetwork(String name, Shape input, NetworkSpec spec) {
  private static final int CLASSES = 10;
  private static final long SEED = 1;

  /**
   * MLP (3072-1024-1024-10), SMALL (3072-200-200-10) or TINY (64-16-16-10), with tanh, or VGG
   * (VGG-11, ReLU).
   */
  static GpuNetwork named(String name) {
    Shape image = new Shape(32, 32, 3);
    return switch (name) {
      case "MLP" -> new GpuNetwork(name, Shape.vector(3072), mlp(1024, 1024));
      case "SMALL" -> new GpuNetwork(name, Shape.vector(3072), mlp(200, 200));
      case "TINY" -> new GpuNetwork(name, Shape.vector(64), mlp(16, 16));
      case "VGG" -> new GpuNetwork(name, image, vgg(image));
      default -> throw new IllegalArgumentException("no network " + name);
    };
  }

  private static NetworkSpec mlp(int first, int second) {
    return Mlp.batchNormalized(List.of(first, second), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY)
        .spec();
  }

  private static NetworkSpec vgg(Shape input) {
    return new Architectures(
            1, new Normalizer.BatchNormalization(0), Activation.RELU, Loss.SOFTMAX_CROSS_ENTROPY)
        .vgg11(input);
  }

  /** On inputs without meaning. */
  NetworkLandscape landscape(Kernels kernels, int examples) {
    return landscape(kernels, examples(kernels, examples));
  }

  NetworkLandscape landscape(Kernels kernels, Examples examples) {
    return spec.landscape(kernels, input, examples, null, SEED);
  }

  private Examples examples(Kernels kernels, int count) {
    Tensor inputs = kernels.allocate(count, input.features());
    Tensor targets = kernels.allocate(count, CLASSES);
    Random random = new Random(SEED);
    double[] row = new double[input.features()];
    double[] classes = new double[count * CLASSES];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextGaussian();
      }
      inputs.view((long) i * row.length, 1, row.length).set(row);
      classes[i * CLASSES + random.nextInt(CLASSES)] = 1;
    }
    targets.set(classes);
    return new Examples(inputs, targets, true);
  }

  double[] weights() {
    return spec.initialWeights(input, SEED);
  }

  double[] direction() {
    return spec.initialWeights(input, SEED + 1);
  }
}
