package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Linearization;
import org.ejml.simple.SimpleMatrix;

/** A linearization with a given Hessian, and nothing else. */
final class MatrixLinearization implements Linearization {
  private final DenseOperator hessian;

  MatrixLinearization(Kernels kernels, SimpleMatrix hessian) {
    this.hessian = new DenseOperator(kernels, hessian);
  }

  @Override
  public double loss() {
    throw new UnsupportedOperationException("a Hessian alone has no loss");
  }

  @Override
  public Tensor gradient() {
    throw new UnsupportedOperationException("a Hessian alone has no gradient");
  }

  @Override
  public void hessianVectorProduct(Tensor v, Tensor result) {
    hessian.apply(v, result);
  }
}
