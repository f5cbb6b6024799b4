package brink.bench.rows;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Landscape;
import org.junit.jupiter.api.Test;

class WeightTrackerTest {
  private static final Network NETWORK = Network.mlp(5, 6);
  private static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.1, 1e-2);
  private static final Sample SAMPLE = Sample.random(30, 5, 3, 1);

  @Test
  void weights_duringARun_areWhereItsGradientsWereTaken() {
    try (Kernels kernels = new CpuKernels(1)) {
      Landscape landscape = NETWORK.landscape(kernels, SAMPLE.on(kernels));
      Landscape again = NETWORK.landscape(kernels, SAMPLE.on(kernels));
      double[] start = NETWORK.initialWeights();
      WeightTracker tracker = new WeightTracker(start, HYPERPARAMETERS);
      Tensor tracked = kernels.allocate(1, landscape.dimension());
      new EdgeRun(landscape, HYPERPARAMETERS, start)
          .continueWith(
              CurvaturePoints.NONE,
              20,
              step -> {
                tracker.onStep(step);
                tracked.set(tracker.weights());
                // one rounding of the weights at every step
                assertThat(
                        ResultAgreement.difference(
                            again.linearize(tracked).gradient().get(), step.gradient().get()))
                    .isLessThan(1e-10);
              });
    }
  }

  @Test
  void midpoint_always_hasUnitLength() {
    try (Kernels kernels = new CpuKernels(1)) {
      double[] start = NETWORK.initialWeights();
      WeightTracker tracker = new WeightTracker(start, HYPERPARAMETERS);
      Landscape landscape = NETWORK.landscape(kernels, SAMPLE.on(kernels));
      new EdgeRun(landscape, HYPERPARAMETERS, start).continueWith(CurvaturePoints.NONE, 3, tracker);
      double[] middle = tracker.midpoint();
      assertThat(ResultAgreement.dot(middle, middle)).isBetween(1 - 1e-14, 1 + 1e-14);
    }
  }
}
