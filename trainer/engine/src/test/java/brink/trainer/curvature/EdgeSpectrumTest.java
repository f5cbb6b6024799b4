package brink.trainer.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.SharpnessProbe.Measurement;
import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On diagonal Hessians whose leading eigenvalues lie as close together as at the edge. */
class EdgeSpectrumTest {
  private static final int N = 80;
  private static final int MOST = 8;
  private static final double THRESHOLD = 1;

  private final Kernels kernels = new CpuKernels(1);
  private final Tensor direction = kernels.allocate(1, N);

  EdgeSpectrumTest() {
    double[] last = new double[N];
    last[N - 1] = 1;
    direction.set(last);
  }

  @AfterEach
  void close() {
    kernels.close();
  }

  /** Eigenvalues 1.02, 1.019, …, then one of 0.97, then a bulk up to 0.9. */
  private MatrixLinearization withAtThreshold(int count) {
    double[] values = new double[N];
    for (int i = 0; i < N - 1; i++) {
      values[i] = i < count ? 1.02 - 1e-3 * i : i == count ? 0.97 : 0.9 * (N - 1 - i) / N;
    }
    return new MatrixLinearization(kernels, SimpleMatrix.diag(values));
  }

  private Measurement followed(MatrixLinearization here) {
    SharpnessSettings settings = SharpnessSettings.DEFAULT;
    LeadingEigensolver solver = new LeadingEigensolver(kernels, N, settings);
    return new SharpnessProbe(solver, settings, Point.MIDPOINT).measure(0, here, direction, 1);
  }

  private EdgeSpectrum.Found find(int count) {
    MatrixLinearization here = withAtThreshold(count);
    return new EdgeSpectrum(kernels, N, MOST, 1).at(7, here, direction, followed(here), THRESHOLD);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8})
  void at_asManyAsItMayMeasure_findsAllAndOneBelow(int count) {
    EdgeSpectrum.Found found = find(count);

    assertThat(found.isWhole()).isTrue();
    assertThat(found.eigenvalues()).hasSize(count);
    for (int i = 0; i < count; i++) {
      // ten times the tolerance of λ₁
      assertThat(found.eigenvalues().get(i)).isCloseTo(1.02 - 1e-3 * i, within(3e-3));
    }
    assertThat(found.vectors().rows()).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double product = kernels.dot(found.vectors().row(i), found.vectors().row(j));
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-10));
      }
    }
  }

  @Test
  void at_moreThanItMayMeasure_saysThatThereAreMore() {
    EdgeSpectrum.Found found = find(MOST + 1);

    assertThat(found.isWhole()).isFalse();
    assertThat(found.eigenvalues()).hasSize(MOST);
  }

  @Test
  void at_sameStepAgain_findsTheSameBits() {
    assertThat(find(4).eigenvalues()).isEqualTo(find(4).eigenvalues());
  }
}
