package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.DenseBnLinear;
import brink.trainer.oracle.DenseEigen;
import brink.trainer.oracle.Golden;
import java.util.List;
import org.assertj.core.data.Offset;
import org.ejml.simple.SimpleMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SphereLandscapeTest {
  private final Kernels kernels = new CpuKernels(1);
  private final SphereLandscape sphere = GoldenSphere.on(kernels);
  private final DenseBnLinear dense = new DenseBnLinear(Golden.inputs(), Golden.targets());

  /** Neither on Γ nor where all curvature is negative. */
  private final RealVector direction =
      new GoldenSphere().minimiser(0.4).combine(1, 0.2, GoldenSphere.random(3)).unitVector();

  @AfterEach
  void close() {
    kernels.close();
  }

  @Test
  void spectrum_anyPoint_isThatOfTheDenseSphericalHessian() {
    double[] all = DenseEigen.descending(dense.sphericalHessian(direction.toArray()));
    SphericalSpectrum spectrum = sphere.spectrum(direction);

    Offset<Double> rounding = within(1e-13 * all[0] * GoldenSphere.DIMENSION);
    assertThat(spectrum.sharpness()).isCloseTo(all[0], rounding);
    // of the dense one, an eigenvalue 0 belongs to θ
    assertThat(spectrum.values().getDimension()).isEqualTo(GoldenSphere.DIMENSION - 1);
    assertThat(spectrum.values().getMinValue()).isCloseTo(all[all.length - 1], rounding);
    for (RealVector vector : spectrum.vectors()) {
      assertThat(vector.dotProduct(direction)).isCloseTo(0, within(1e-13));
    }
  }

  @Test
  void thirdDerivatives_anyVectors_areDifferencesOfDenseHessians() {
    List<RealVector> vectors = sphere.spectrum(direction).vectors().subList(0, 2);
    RealVector u = vectors.getFirst();
    RealVector w = GoldenSphere.random(4);
    List<RealVector> found = sphere.thirdDerivatives(direction, u, vectors);

    // Each side is off by ε² of the fifth derivative and u/ε of the Hessian, where λ₁ is 1 to 10.
    double epsilon = 1e-4;
    RealVector tangent = SphereLandscape.tangent(direction, w);
    SimpleMatrix ahead = dense.hessian(direction.combine(1, epsilon, tangent).toArray());
    SimpleMatrix behind = dense.hessian(direction.combine(1, -epsilon, tangent).toArray());
    SimpleMatrix change = ahead.minus(behind).divide(2 * epsilon);
    for (int j = 0; j < 2; j++) {
      double expected = column(u).dot(change.mult(column(vectors.get(j))));
      double scale = found.get(j).getNorm();
      assertThat(found.get(j).dotProduct(w)).isCloseTo(expected, within(1e-5 * scale));
    }
  }

  @Test
  void check_tooManyWeights_isRefusedWithTheLimit() {
    int dimension = SphereLandscape.LARGEST_DIMENSION + 1;
    double[][] inputs = new double[2][dimension];
    inputs[1][0] = 1;
    BnLinear large = BnLinear.from(kernels, inputs, new double[] {-1, 1});

    assertThatThrownBy(() -> FlowPredictor.requireSmall(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 450 weights, not 451");
  }

  @Test
  void check_float32_isRefused() {
    try (Kernels single = new CpuKernels(Precision.FLOAT32, 1)) {
      BnLinear landscape = BnLinear.from(single, Golden.inputs(), Golden.targets());

      assertThatThrownBy(() -> FlowPredictor.requireSmall(landscape))
          .hasMessageContaining("float64, not float32");
    }
  }

  private static SimpleMatrix column(RealVector v) {
    return new SimpleMatrix(v.getDimension(), 1, true, v.toArray());
  }
}
