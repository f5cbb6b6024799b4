package brink.trainer.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.DenseBnLinear;
import brink.trainer.oracle.Golden;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class SphericalHessianTest {
  @Test
  void apply_tangentVector_equalsDenseProjectionAtUnitNorm() {
    try (Kernels kernels = new CpuKernels(1)) {
      double[] weights = Initialization.onSphere(1, 40, 3);
      Tensor w = kernels.allocate(1, 40);
      w.set(weights);
      Tensor direction = kernels.allocate(1, 40);
      SphereGeometry.direction(kernels, w, direction);
      BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
      var hessian = new SphericalHessian(kernels, landscape.linearize(w), direction, 3);
      Tensor v = kernels.allocate(1, 40);
      v.set(Initialization.normal(2, 40, 1));
      hessian.project(v);
      Tensor result = kernels.allocate(1, 40);
      hessian.apply(v, result);
      SimpleMatrix dense =
          new DenseBnLinear(Golden.inputs(), Golden.targets()).sphericalHessian(weights);
      SimpleMatrix expected = dense.mult(new SimpleMatrix(40, 1, true, v.get()));
      // 40·20 products of size up to 10
      assertThat(result.get()).containsExactly(expected.getDDRM().getData(), within(1e-12));
      assertThat(hessian.rank()).isEqualTo(39);
    }
  }
}
