package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientMemoryTest {
  private final Kernels kernels = new CpuKernels(1);
  private final GradientMemory memory = new GradientMemory(kernels, 2);

  @AfterEach
  void close() {
    kernels.close();
  }

  private Tensor vector(double x, double y) {
    Tensor tensor = kernels.allocate(1, 2);
    tensor.set(new double[] {x, y});
    return tensor;
  }

  /** Two steps: the first from the origin to {@code moved}. */
  private void remember(Tensor first, Tensor moved, Tensor second) {
    memory.record(first);
    memory.advance(vector(0, 0), moved);
    memory.record(second);
  }

  @Test
  void measures_firstStep_areAbsent() {
    memory.record(vector(1, 2));
    assertThat(memory.cosine()).isNull();
    assertThat(memory.directionalCurvature()).isNull();
  }

  @Test
  void measures_twoSteps_equalTheirDefinition() {
    remember(vector(3, 4), vector(2, 0), vector(4, -3));
    assertThat(memory.cosine()).isZero();
    // Δg = (1, −7), Δw = (2, 0): 2/4, exact in binary
    assertThat(memory.directionalCurvature()).isCloseTo(0.5, within(0.0));
  }

  @Test
  void cosine_vanishingGradient_isAbsent() {
    remember(vector(0, 0), vector(1, 0), vector(1, 0));
    assertThat(memory.cosine()).isNull();
    assertThat(memory.directionalCurvature()).isEqualTo(1);
    memory.advance(vector(0, 0), vector(1, 0));
    memory.record(vector(0, 0));
    assertThat(memory.cosine()).isNull();
  }

  @Test
  void directionalCurvature_noMove_isAbsent() {
    remember(vector(1, 0), vector(0, 0), vector(1, 0));
    assertThat(memory.directionalCurvature()).isNull();
    assertThat(memory.cosine()).isEqualTo(1);
  }

  @Test
  void cosine_squaresOverflow_isAbsent() {
    remember(vector(1e200, 0), vector(1, 0), vector(1e200, 0));
    assertThat(memory.cosine()).isNull();
    remember(vector(1e200, 0), vector(1, 0), vector(0, 1));
    assertThat(memory.cosine()).isNull();
  }

  @Test
  void directionalCurvature_quotientOverflows_isAbsent() {
    remember(vector(0, 0), vector(1e-160, 0), vector(1e200, 0));
    assertThat(memory.directionalCurvature()).isNull();
    remember(vector(0, 0), vector(1e200, 0), vector(1, 0));
    assertThat(memory.directionalCurvature()).isNull();
  }
}
