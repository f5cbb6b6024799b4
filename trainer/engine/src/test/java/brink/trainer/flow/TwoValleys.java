package brink.trainer.flow;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;

/**
 * L(w) = (x₁²·q₁(u) + x₂²·q₂(u))/2‖w‖⁴ with w = (x₁, x₂, u) and q_i = Σ_j d_ij·u_j²: the minimisers
 * are x = 0, where λ_i = q_i(u)/‖u‖² are two eigenvalues that fall in different directions.
 */
final class TwoValleys implements Landscape {
  private final Kernels kernels;
  private final double[][] curvatures;
  private final int dimension;
  private final Tensor gradient;

  /**
   * @param curvatures d, 2×m; one more than u has coordinates would be refused
   */
  TwoValleys(Kernels kernels, double[][] curvatures) {
    this.kernels = kernels;
    this.curvatures = curvatures;
    dimension = 2 + curvatures[0].length;
    gradient = kernels.allocate(1, dimension);
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public Linearization linearize(Tensor weights) {
    double[] w = weights.get();
    double squared = dot(w, w);
    double quartic = dot(w, quarticGradient(w)) / 4;
    gradient.set(gradient(w, squared, quartic));
    return new Linearization() {
      @Override
      public double loss() {
        return quartic / (2 * squared * squared);
      }

      @Override
      public Tensor gradient() {
        return gradient;
      }

      @Override
      public void hessianVectorProduct(Tensor v, Tensor result) {
        result.set(product(w, squared, quartic, v.get()));
      }
    };
  }

  private double[] gradient(double[] w, double squared, double quartic) {
    double[] result = quarticGradient(w);
    for (int i = 0; i < dimension; i++) {
      result[i] = result[i] / (2 * squared * squared) - 2 * quartic * w[i] / Math.pow(squared, 3);
    }
    return result;
  }

  private double[] product(double[] w, double squared, double quartic, double[] v) {
    double[] slope = quarticGradient(w);
    double[] result = quarticProduct(w, v);
    double along = dot(w, v);
    double climb = dot(slope, v);
    double cubed = Math.pow(squared, 3);
    for (int i = 0; i < dimension; i++) {
      result[i] =
          result[i] / (2 * squared * squared)
              - 2 * (along * slope[i] + climb * w[i] + quartic * v[i]) / cubed
              + 12 * quartic * along * w[i] / (cubed * squared);
    }
    return result;
  }

  /** Gradient of A = x₁²·q₁(u) + x₂²·q₂(u). */
  private double[] quarticGradient(double[] w) {
    double[] result = new double[dimension];
    for (int i = 0; i < 2; i++) {
      for (int j = 2; j < dimension; j++) {
        double d = curvatures[i][j - 2];
        result[i] += 2 * w[i] * d * w[j] * w[j];
        result[j] += 2 * w[i] * w[i] * d * w[j];
      }
    }
    return result;
  }

  /** ∇²A·v. */
  private double[] quarticProduct(double[] w, double[] v) {
    double[] result = new double[dimension];
    for (int i = 0; i < 2; i++) {
      for (int j = 2; j < dimension; j++) {
        double d = curvatures[i][j - 2];
        result[i] += 2 * d * w[j] * (w[j] * v[i] + 2 * w[i] * v[j]);
        result[j] += 2 * d * w[i] * (w[i] * v[j] + 2 * w[j] * v[i]);
      }
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
