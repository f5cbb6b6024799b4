package brink.monitor.run;

import java.util.Random;

/**
 * Linear regression through full-batch normalization in closed form: L(w) = 1 − ⟨z/‖z‖, ŷ⟩ with z =
 * Xw, X and y centred, ŷ = y/‖y‖ (y scaled to mean square 1). Dense and small; the spherical
 * sharpness is that of the whole Hessian.
 */
final class BnLinear {
  private final double[][] x;
  private final double[] target;
  private final int n;
  private final int d;

  BnLinear(double[][] x, double[] y) {
    this.x = x;
    this.n = x.length;
    this.d = x[0].length;
    this.target = y.clone();
    double norm = Math.sqrt(dot(y, y));
    for (int i = 0; i < n; i++) {
      target[i] /= norm;
    }
  }

  /**
   * Correlated features with a decaying spectrum, a linear teacher and noise; n rows, d columns.
   */
  static BnLinear random(long seed, int n, int d) {
    Random random = new Random(seed);
    double[][] x = new double[n][d];
    double[] teacher = new double[d];
    for (int j = 0; j < d; j++) {
      teacher[j] = random.nextGaussian();
      for (int i = 0; i < n; i++) {
        x[i][j] = random.nextGaussian() * Math.pow(j + 1.0, -0.5);
      }
    }
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = dot(x[i], teacher) + 0.5 * random.nextGaussian();
    }
    centre(x, y);
    return new BnLinear(x, y);
  }

  private static void centre(double[][] x, double[] y) {
    int n = x.length;
    for (int j = 0; j < x[0].length; j++) {
      double mean = 0;
      for (double[] row : x) {
        mean += row[j] / n;
      }
      for (double[] row : x) {
        row[j] -= mean;
      }
    }
    double mean = 0;
    for (double value : y) {
      mean += value / n;
    }
    for (int i = 0; i < n; i++) {
      y[i] -= mean;
    }
  }

  int dimension() {
    return d;
  }

  double loss(double[] w) {
    double[] z = times(w);
    return 1 - dot(z, target) / Math.sqrt(dot(z, z));
  }

  double[] gradient(double[] w) {
    double[] z = times(w);
    double norm = Math.sqrt(dot(z, z));
    double cosine = dot(z, target) / norm;
    double[] byOutput = new double[n];
    // ∂L/∂z = −(ŷ − c·u)/‖z‖ with u = z/‖z‖
    for (int i = 0; i < n; i++) {
      byOutput[i] = -(target[i] - cosine * z[i] / norm) / norm;
    }
    return transposeTimes(byOutput);
  }

  /** ∇²L(θ)·v at a unit vector θ, projected on the tangent space before and after. */
  double[] hessianTimes(double[] theta, double[] vector) {
    double[] v = tangent(theta, vector);
    double[] z = times(theta);
    double[] zv = times(v);
    double norm = Math.sqrt(dot(z, z));
    double cosine = dot(z, target) / norm;
    double alongTarget = dot(target, zv);
    double alongUnit = dot(z, zv) / norm;
    double[] image = new double[n];
    // ∂²L/∂z² = (c·I + u·ŷᵀ + ŷ·uᵀ − 3c·u·uᵀ)/‖z‖²
    for (int i = 0; i < n; i++) {
      double unit = z[i] / norm;
      double sum = cosine * zv[i] + unit * alongTarget + target[i] * alongUnit;
      image[i] = (sum - 3 * cosine * unit * alongUnit) / (norm * norm);
    }
    return tangent(theta, transposeTimes(image));
  }

  static double[] tangent(double[] theta, double[] vector) {
    double along = dot(theta, vector);
    double[] result = vector.clone();
    for (int j = 0; j < result.length; j++) {
      result[j] -= along * theta[j];
    }
    return result;
  }

  private double[] times(double[] w) {
    double[] z = new double[n];
    for (int i = 0; i < n; i++) {
      z[i] = dot(x[i], w);
    }
    return z;
  }

  private double[] transposeTimes(double[] values) {
    double[] result = new double[d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        result[j] += x[i][j] * values[i];
      }
    }
    return result;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
