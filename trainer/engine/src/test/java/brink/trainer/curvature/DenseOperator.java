package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import org.ejml.simple.SimpleMatrix;

/** A dense symmetric matrix as an operator. */
final class DenseOperator implements SymmetricOperator {
  private final Kernels kernels;
  private final Tensor matrix;

  DenseOperator(Kernels kernels, SimpleMatrix symmetric) {
    this.kernels = kernels;
    matrix = kernels.allocate(symmetric.getNumRows(), symmetric.getNumRows());
    matrix.set(symmetric.getDDRM().getData());
  }

  @Override
  public int dimension() {
    return matrix.rows();
  }

  @Override
  public void apply(Tensor v, Tensor result) {
    kernels.gemm(false, false, 1, v, matrix, 0, result);
  }
}
