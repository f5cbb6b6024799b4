package brink.trainer.landscape;

import brink.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * Regression data with Gaussian inputs and a linear teacher: y = Xu + σ·noise, standardized, with
 * ‖u‖ = 1. With more features than examples the minimisers form a manifold, along which sharpness
 * can fall. The same seed gives the same bits on every platform.
 */
public final class SyntheticRegression {
  private final double[][] inputs;
  private final double[] targets;
  private final int examples;

  private SyntheticRegression(double[][] inputs, double[] targets, int examples) {
    this.inputs = inputs;
    this.targets = targets;
    this.examples = examples;
  }

  /**
   * Draws a data set.
   *
   * @param examples n
   * @param features d
   * @param testExamples m
   * @param noise σ, the noise's standard deviation relative to the signal's
   */
  public static SyntheticRegression generate(
      long seed, int examples, int features, int testExamples, double noise) {
    Random random = RandomStream.of("synthetic regression", seed);
    double[] teacher = gaussian(random, features);
    double norm = 0;
    for (double weight : teacher) {
      norm = Math.hypot(norm, weight);
    }
    int all = examples + testExamples;
    double[][] inputs = new double[all][];
    double[] targets = new double[all];
    for (int i = 0; i < all; i++) {
      inputs[i] = gaussian(random, features);
      for (int j = 0; j < features; j++) {
        targets[i] += inputs[i][j] * teacher[j] / norm;
      }
      targets[i] += noise * random.nextGaussian();
    }
    standardize(targets, examples);
    return new SyntheticRegression(inputs, targets, examples);
  }

  /** n×d training inputs, one example a row. */
  public double[][] x() {
    return Arrays.copyOfRange(inputs, 0, examples);
  }

  /** n training targets, of mean 0 and mean square 1. */
  public double[] y() {
    return Arrays.copyOfRange(targets, 0, examples);
  }

  /** m×d test inputs. */
  public double[][] testX() {
    return Arrays.copyOfRange(inputs, examples, inputs.length);
  }

  /** m test targets, shifted and scaled like the training targets. */
  public double[] testY() {
    return Arrays.copyOfRange(targets, examples, targets.length);
  }

  private static double[] gaussian(Random random, int length) {
    return DoubleStream.generate(random::nextGaussian).limit(length).toArray();
  }

  /** Shifts and scales all targets so that the first ones have mean 0 and mean square 1. */
  private static void standardize(double[] targets, int count) {
    double mean = 0;
    for (int i = 0; i < count; i++) {
      mean += targets[i] / count;
    }
    double square = 0;
    for (int i = 0; i < count; i++) {
      square += (targets[i] - mean) * (targets[i] - mean) / count;
    }
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (targets[i] - mean) / Math.sqrt(square);
    }
  }
}
