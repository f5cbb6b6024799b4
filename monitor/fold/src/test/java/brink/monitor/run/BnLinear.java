package brink.monitor.run;

import java.util.Arrays;
import java.util.Random;

/**
 * Linear regression through full-batch normalization in closed form: L(w) = ½‖z/S − ŷ‖² with z =
 * Xw, S² = ‖z‖² + nε, X and y centred, ŷ = y/‖y‖ (y scaled to mean square 1). Without ε that is 1 −
 * ⟨z/‖z‖, ŷ⟩, and scale-invariant. Dense and small; the spherical sharpness is that of the whole
 * Hessian.
 */
final class BnLinear {
  private final double[][] x;
  private final double[] target;
  private final int n;
  private final int d;
  private final double epsilon;

  BnLinear(double[][] x, double[] y) {
    this(x, unit(y), 0);
  }

  private BnLinear(double[][] x, double[] target, double epsilon) {
    this.x = x;
    this.n = x.length;
    this.d = x[0].length;
    this.target = target;
    this.epsilon = epsilon;
  }

  private static double[] unit(double[] y) {
    double norm = Math.sqrt(dot(y, y));
    return Arrays.stream(y).map(value -> value / norm).toArray();
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

  /** The same with an ε in the normalization's denominator. */
  BnLinear withEpsilon(double value) {
    return new BnLinear(x, target, value);
  }

  /**
   * The same with every row twice, with targets that differ by so much of their root mean square,
   * so that no weights fit them.
   */
  BnLinear withContradictions(double difference) {
    double[][] rows = new double[2 * n][];
    double[] targets = new double[2 * n];
    for (int i = 0; i < n; i++) {
      double half = difference / Math.sqrt(n) / 2;
      rows[i] = x[i];
      rows[n + i] = x[i];
      targets[i] = target[i] + half;
      targets[n + i] = target[i] - half;
    }
    return new BnLinear(rows, unit(targets), epsilon);
  }

  /** The same as a function on the unit sphere, of weights of this squared norm. */
  BnLinear onSphere(double weightNormSquared) {
    return withEpsilon(epsilon / weightNormSquared);
  }

  boolean isScaleInvariant() {
    return epsilon == 0;
  }

  int dimension() {
    return d;
  }

  double loss(double[] w) {
    double[] z = times(w);
    double squared = dot(z, z);
    double scale = squared + n * epsilon;
    return 0.5 + squared / (2 * scale) - dot(z, target) / Math.sqrt(scale);
  }

  double[] gradient(double[] w) {
    double[] z = times(w);
    double scale = scale(z);
    double along = dot(z, target) / scale;
    double small = n * epsilon / (scale * scale);
    double[] byOutput = new double[n];
    // with u = z/S, c = ⟨u, ŷ⟩ and e = nε/S²: ∂L/∂z = −(ŷ − c·u − e·u)/S
    for (int i = 0; i < n; i++) {
      byOutput[i] = -(target[i] - along * z[i] / scale - small * z[i] / scale) / scale;
    }
    return transposeTimes(byOutput);
  }

  private double scale(double[] z) {
    return Math.sqrt(dot(z, z) + n * epsilon);
  }

  /** ∇²L(θ)·v at a unit vector θ, projected on the tangent space before and after. */
  double[] hessianTimes(double[] theta, double[] vector) {
    double[] v = tangent(theta, vector);
    double[] z = times(theta);
    double[] zv = times(v);
    double scale = scale(z);
    double small = n * epsilon / (scale * scale);
    double along = dot(z, target) / scale;
    double alongTarget = dot(target, zv);
    double alongUnit = dot(z, zv) / scale;
    double[] image = new double[n];
    // with u = z/S, c = ⟨u, ŷ⟩ and e = nε/S²: S²·∂²L/∂z² = (c + e)·I + u·ŷᵀ + ŷ·uᵀ − (3c + 4e)·u·uᵀ
    for (int i = 0; i < n; i++) {
      double unit = z[i] / scale;
      double sum = (along + small) * zv[i] + unit * alongTarget + target[i] * alongUnit;
      image[i] = (sum - (3 * along + 4 * small) * unit * alongUnit) / (scale * scale);
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
