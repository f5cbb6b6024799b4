package brink.trainer.data;

import java.util.Random;

/** A frozen random function that gives inputs their targets. */
sealed interface Teacher {
  Targets label(Features inputs, Random random);

  /** y = β·x + noise·ε with β ~ N(0, I/d), so that β·x has variance about 1. */
  final class Linear implements Teacher {
    private final double[] weights;
    private final double noise;

    Linear(int dimension, double noise, Random random) {
      weights = Gaussian.vector(dimension, 1 / Math.sqrt(dimension), random);
      this.noise = noise;
    }

    @Override
    public Targets.Values label(Features inputs, Random random) {
      double[] row = new double[inputs.columns()];
      double[] values = new double[inputs.rows()];
      for (int i = 0; i < values.length; i++) {
        inputs.copyRow(i, row, 0);
        values[i] = product(weights, 0, row) + noise * random.nextGaussian();
      }
      return new Targets.Values(values);
    }
  }

  /**
   * argmax of V·tanh(W·x) with W ~ N(0, 1/d) and V ~ N(0, 1/hidden); a share of the labels, the
   * noise, is replaced by a class drawn uniformly among all.
   */
  final class Perceptron implements Teacher {
    private final int hidden;
    private final int classes;
    private final double noise;
    private final double[] first;
    private final double[] second;

    Perceptron(int dimension, int hidden, int classes, double noise, Random random) {
      this.hidden = hidden;
      this.classes = classes;
      this.noise = noise;
      first = Gaussian.vector(hidden * dimension, 1 / Math.sqrt(dimension), random);
      second = Gaussian.vector(classes * hidden, 1 / Math.sqrt(hidden), random);
    }

    @Override
    public Targets.Classes label(Features inputs, Random random) {
      double[] row = new double[inputs.columns()];
      int[] labels = new int[inputs.rows()];
      for (int i = 0; i < labels.length; i++) {
        inputs.copyRow(i, row, 0);
        boolean replaced = random.nextDouble() < noise;
        labels[i] = replaced ? random.nextInt(classes) : winner(row);
      }
      return new Targets.Classes(labels, classes);
    }

    private int winner(double[] input) {
      double[] activation = new double[hidden];
      for (int i = 0; i < hidden; i++) {
        // StrictMath: the labels must be the same on every machine.
        activation[i] = StrictMath.tanh(product(first, i * input.length, input));
      }
      int best = 0;
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        double score = product(second, k * hidden, activation);
        if (score > largest) {
          best = k;
          largest = score;
        }
      }
      return best;
    }
  }

  private static double product(double[] matrix, int offset, double[] vector) {
    double sum = 0;
    for (int j = 0; j < vector.length; j++) {
      sum += matrix[offset + j] * vector[j];
    }
    return sum;
  }
}
