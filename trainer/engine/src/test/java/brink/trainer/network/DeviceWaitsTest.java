package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.Emulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a descent waits for a (here emulated) GPU. */
class DeviceWaitsTest {
  private static final int STEPS = 20;

  /** A step, and what had been counted when it was handed out. */
  private record Counted(StepRecord step, long waits, long objects) {}

  private static List<Counted> descend(CurvaturePoints points) {
    TinyNet net = TinyNet.of(Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    DescentSettings settings =
        DescentSettings.of(new Hyperparameters(0.1, 1e-2), STEPS)
            .withCurvature(points, points == CurvaturePoints.NONE ? 0 : 1)
            .withLayersEvery(0);
    List<Counted> counted = new ArrayList<>();
    try (CudaKernels gpu = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32)) {
      new GradientDescent(net.landscape(gpu), net.weights(gpu), settings, () -> 0)
          .run(
              step -> counted.add(new Counted(step, Emulation.waits(), Emulation.objects())),
              () -> false);
    }
    return counted;
  }

  @Test
  void step_withoutSharpness_waitsOnceForAllItsNumbers() {
    List<Counted> steps = descend(CurvaturePoints.NONE);

    for (int t = 3; t < STEPS; t++) { // recorded by then
      assertThat(steps.get(t).waits - steps.get(t - 1).waits).isEqualTo(1);
    }
  }

  @Test
  void step_withSharpness_waitsForWhatTheSolverDecidesBy() {
    List<Counted> steps = descend(CurvaturePoints.MIDPOINT);

    for (int t = 3; t < STEPS; t++) {
      int products = steps.get(t).step.sharpness().getFirst().hessianVectorProducts();
      // the step, the midpoint, the alignment; what a vector adds to the basis, its products with
      // the basis, and the residuals that it leaves
      assertThat(steps.get(t).waits - steps.get(t - 1).waits).isLessThanOrEqualTo(3 + 3 * products);
    }
  }

  @Test
  void steps_onceRecorded_allocateNothing() {
    List<Counted> steps = descend(CurvaturePoints.BOTH);

    assertThat(steps.subList(5, STEPS))
        .extracting(Counted::objects)
        .containsOnly(steps.get(4).objects);
  }
}
