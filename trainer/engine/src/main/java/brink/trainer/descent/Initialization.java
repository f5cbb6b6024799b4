package brink.trainer.descent;

import brink.trainer.random.RandomStream;
import java.util.Random;

/** Random initial weights. The same seed gives the same bits on every platform. */
public final class Initialization {
  private Initialization() {}

  /**
   * Independent normal numbers of mean 0.
   *
   * @param standardDeviation of each
   */
  public static double[] normal(long seed, int length, double standardDeviation) {
    Random random = RandomStream.of("weights", seed);
    double[] weights = new double[length];
    for (int i = 0; i < length; i++) {
      weights[i] = standardDeviation * random.nextGaussian();
    }
    return weights;
  }

  /**
   * A uniformly random direction of a given length.
   *
   * @param norm ‖w‖, positive
   */
  public static double[] onSphere(long seed, int length, double norm) {
    double[] weights = normal(seed, length, 1);
    double squared = 0;
    for (double weight : weights) {
      squared += weight * weight;
    }
    for (int i = 0; i < length; i++) {
      weights[i] *= norm / Math.sqrt(squared);
    }
    return weights;
  }
}
