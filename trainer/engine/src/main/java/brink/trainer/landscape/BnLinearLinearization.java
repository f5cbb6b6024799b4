package brink.trainer.landscape;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/**
 * The derivatives of {@link BnLinear}, with z = Xw (X centred), r = ‖z‖, ẑ = z/r, c = ẑ·y and p = y
 * − c·ẑ (y centred): ∇_z L = −p/(√n·r), and ∇²_z L·u = [ẑ(p·u) + p(ẑ·u) + c(u − ẑ(ẑ·u))]/(√n·r²).
 */
final class BnLinearLinearization implements Linearization {
  private final Kernels kernels;
  private final Tensor inputs;
  private final Tensor targets;
  private final Tensor centredTargets;
  private final Tensor normalized;
  private final Tensor residual;
  private final Tensor tangent;
  private final Tensor gradient;
  private final double rootOfCount;
  private double norm;
  private double correlation;
  private double loss;

  /**
   * @param inputs n×d, columns centred; kept
   * @param y n targets
   */
  BnLinearLinearization(Kernels kernels, Tensor inputs, double[] y) {
    this.kernels = kernels;
    this.inputs = inputs;
    int n = inputs.rows();
    rootOfCount = Math.sqrt(n);
    targets = kernels.allocate(1, n);
    targets.set(y);
    centredTargets = kernels.allocate(1, n);
    centredTargets.set(centred(y));
    normalized = kernels.allocate(1, n);
    residual = kernels.allocate(1, n);
    tangent = kernels.allocate(1, n);
    gradient = kernels.allocate(1, inputs.columns());
  }

  private static double[] centred(double[] y) {
    double mean = 0;
    for (double value : y) {
      mean += value / y.length;
    }
    double[] centred = y.clone();
    for (int i = 0; i < centred.length; i++) {
      centred[i] -= mean;
    }
    return centred;
  }

  void moveTo(Tensor w) {
    kernels.gemm(false, true, 1, w, inputs, 0, normalized);
    norm = kernels.norm(normalized);
    if (norm == 0) {
      return;
    }
    kernels.scale(1 / norm, normalized);
    // the loss from its residual, since 1 − cos would lose half the digits near the minimum
    kernels.copy(targets, residual);
    kernels.axpy(-rootOfCount, normalized, residual);
    loss = kernels.dot(residual, residual) / (2 * residual.length());
    correlation = kernels.dot(normalized, centredTargets);
    kernels.copy(centredTargets, residual);
    kernels.axpy(-correlation, normalized, residual);
    kernels.gemm(false, false, -1 / (rootOfCount * norm), residual, inputs, 0, gradient);
  }

  /** ‖Xw − mean‖. */
  double norm() {
    return norm;
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
    kernels.gemm(false, true, 1, v, inputs, 0, tangent);
    double alongOutput = kernels.dot(normalized, tangent);
    double alongResidual = kernels.dot(residual, tangent);
    kernels.scale(correlation, tangent);
    kernels.axpy(alongResidual - correlation * alongOutput, normalized, tangent);
    kernels.axpy(alongOutput, residual, tangent);
    double scale = 1 / (rootOfCount * norm * norm);
    kernels.gemm(false, false, scale, tangent, inputs, 0, result);
  }
}
