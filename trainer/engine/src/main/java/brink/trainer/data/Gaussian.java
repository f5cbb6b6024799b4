package brink.trainer.data;

import java.util.Random;

/** Independent normal numbers. */
final class Gaussian {
  private Gaussian() {}

  static double[] vector(int length, double deviation, Random random) {
    double[] vector = new double[length];
    for (int i = 0; i < length; i++) {
      vector[i] = deviation * random.nextGaussian();
    }
    return vector;
  }
}
