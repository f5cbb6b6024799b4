package brink.bench.rows;

import brink.trainer.data.Dataset;
import brink.trainer.data.Targets;
import brink.trainer.kernels.Kernels;
import brink.trainer.network.Examples;
import brink.trainer.random.RandomStream;
import java.util.Random;

/**
 * Classified examples for both sides.
 *
 * @param inputs n×features, row-major
 * @param labels n
 * @param classes their number
 */
@SuppressWarnings("ArrayRecordComponent") // handed to both sides, never compared
record Sample(int features, double[] inputs, long[] labels, int classes) {
  /** Gaussian inputs with random labels: what a product costs does not depend on them. */
  static Sample random(int examples, int features, int classes, long seed) {
    Random random = RandomStream.of("bench data", seed);
    double[] inputs = new double[examples * features];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.nextGaussian();
    }
    return new Sample(
        features, inputs, random.ints(examples, 0, classes).asLongStream().toArray(), classes);
  }

  /** The examples of a data set with classes. */
  static Sample of(Dataset data) {
    if (!(data.targets() instanceof Targets.Classes(int[] labels, int count))) {
      throw new IllegalArgumentException(data.name() + " has no classes");
    }
    double[] inputs = new double[data.size() * data.dimension()];
    for (int i = 0; i < data.size(); i++) {
      data.features().copyRow(i, inputs, i * data.dimension());
    }
    long[] classes = java.util.Arrays.stream(labels).asLongStream().toArray();
    return new Sample(data.dimension(), inputs, classes, count);
  }

  /** n. */
  int size() {
    return labels.length;
  }

  /** For the engine. */
  Examples on(Kernels kernels) {
    double[] oneHot = new double[size() * classes];
    for (int i = 0; i < size(); i++) {
      oneHot[i * classes + (int) labels[i]] = 1;
    }
    return Examples.of(kernels, size(), features, inputs, classes, oneHot);
  }
}
