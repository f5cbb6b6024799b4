package brink.trainer.landscape;

import brink.trainer.kernels.Tensor;

/**
 * The derivatives of {@link MatrixCompletion}. With z centred, r = ‖z‖, ẑ = z/r, c = ẑ·y and p = y
 * − c·ẑ (y centred), a = ∇_z L = −p/(√N·r) and ∇²_z L·u = [ẑ(p·u) + p(ẑ·u) + c(u − ẑ(ẑ·u))]/(√N·r²)
 * for centred u, as in {@link BnLinearLinearization}. With the Jacobian J of z at w, which is
 * linear in w: ∇L = J(w)ᵀa and ∇²L·v = J(w)ᵀ(∇²_z L·J(w)v) + J(v)ᵀa.
 */
final class MatrixCompletionLinearization implements Linearization {
  /** As in the kernels' normalization: below it, what varies is rounding. */
  private static final double CONSTANT = 64 * 0x1p-53;

  private final FactorProducts products;
  private final Tensor gradient;
  private final double[] targets;
  private final double[] centredTargets;
  private final double[] normalized;
  private final double[] residual;
  private final double[] adjoint;
  private final double[] tangent;
  private final double rootOfCount;
  private double[] weights;
  private double mean;
  private double norm;
  private double correlation;
  private double loss;

  /**
   * @param y N targets, not modified
   * @param gradient where the gradient is written to
   */
  MatrixCompletionLinearization(FactorProducts products, double[] y, Tensor gradient) {
    this.products = products;
    this.gradient = gradient;
    int n = products.size();
    rootOfCount = Math.sqrt(n);
    targets = y.clone();
    centredTargets = y.clone();
    centre(centredTargets);
    normalized = new double[n];
    residual = new double[n];
    adjoint = new double[n];
    tangent = new double[n];
    weights = new double[0];
  }

  /** Subtracts the mean and returns it. */
  private static double centre(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    for (int k = 0; k < values.length; k++) {
      values[k] -= mean;
    }
    return mean;
  }

  void moveTo(double[] w) {
    weights = w;
    products.at(w, normalized);
    double square = dot(normalized, normalized);
    mean = centre(normalized);
    norm = Math.sqrt(dot(normalized, normalized));
    if (norm <= CONSTANT * Math.sqrt(square)) {
      throw new ArithmeticException(
          "batch normalization is undefined: all observed entries of U·Vᵀ are equal;"
              + " start from other weights");
    }
    loss = 0;
    for (int k = 0; k < normalized.length; k++) {
      normalized[k] /= norm;
      double error = rootOfCount * normalized[k] - targets[k];
      loss += error * error / (2 * normalized.length);
    }
    correlation = dot(normalized, centredTargets);
    for (int k = 0; k < normalized.length; k++) {
      residual[k] = centredTargets[k] - correlation * normalized[k];
      adjoint[k] = -residual[k] / (rootOfCount * norm);
    }
    double[] result = new double[w.length];
    products.addPullback(adjoint, w, result);
    gradient.set(result);
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * y[k];
    }
    return sum;
  }

  /** What the network makes of an entry of U·Vᵀ. */
  double normalize(double entry) {
    return rootOfCount * (entry - mean) / norm;
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public Tensor gradient() {
    return gradient;
  }

  @Override
  public void hessianVectorProduct(Tensor v, Tensor result) {
    double[] direction = v.get();
    products.along(weights, direction, tangent);
    centre(tangent);
    double alongOutput = dot(normalized, tangent);
    double alongResidual = dot(residual, tangent);
    double scale = 1 / (rootOfCount * norm * norm);
    for (int k = 0; k < tangent.length; k++) {
      double bent = alongResidual * normalized[k] + alongOutput * residual[k];
      tangent[k] = scale * (bent + correlation * (tangent[k] - alongOutput * normalized[k]));
    }
    double[] product = new double[weights.length];
    products.addPullback(tangent, weights, product);
    products.addPullback(adjoint, direction, product);
    result.set(product);
  }
}
