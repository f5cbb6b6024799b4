package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.DenseBnLinear;
import brink.trainer.oracle.Golden;
import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/**
 * Accuracy of the warm-started sharpness at the edge, against dense eigenvalues. Seen: 4e-11 at the
 * midpoint, 6e-9 at the iterate; from the wrong phase it is some per cent.
 */
class WarmStartTest {
  // η_in = 1e-3: at the edge from about step 800 on, with an oscillation of s by ±6 %.
  private static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.5, 2e-3);
  private static final long STEPS = 1_400;
  private static final long EDGE = 1_000;

  private final DenseBnLinear dense = new DenseBnLinear(Golden.inputs(), Golden.targets());
  private final List<Double> errors = new ArrayList<>();
  private SimpleMatrix weights = new SimpleMatrix(40, 1, true, Golden.initialWeights());

  private void compare(StepRecord record) {
    SimpleMatrix gradient = new SimpleMatrix(40, 1, true, record.gradient().get());
    SimpleMatrix next =
        weights
            .scale(1 - HYPERPARAMETERS.intrinsicLearningRate())
            .minus(gradient.scale(HYPERPARAMETERS.learningRate()));
    if (record.step() >= EDGE) {
      SimpleMatrix middle = weights.divide(weights.normF()).plus(next.divide(next.normF()));
      for (SphericalSharpness sharpness : record.sharpness()) {
        SimpleMatrix where = sharpness.point() == Point.ITERATE ? weights : middle;
        double exact = dense.sphericalSharpness(where.getDDRM().getData());
        errors.add(Math.abs(sharpness.largest() / exact - 1));
        assertThat(sharpness.hessianVectorProducts()).isLessThanOrEqualTo(3);
      }
    }
    weights = next;
  }

  private List<Double> errorsAtTheEdge(CurvaturePoints points) {
    try (Kernels kernels = new CpuKernels(1)) {
      Tensor start = kernels.allocate(1, 40);
      start.set(Golden.initialWeights());
      DescentSettings settings =
          DescentSettings.of(HYPERPARAMETERS, STEPS)
              .withCurvature(points, 1)
              .withSharpness(new SharpnessSettings(2, 1e-12, 3, 100, 0, 24, 1));
      BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
      new GradientDescent(landscape, start, settings, () -> 0).run(this::compare, () -> false);
    }
    assertThat(errors).hasSize((int) (STEPS - EDGE));
    return errors.stream().sorted().toList();
  }

  @Test
  void midpoint_threeProductsAtTheEdge_isExactToAPartPerMillion() {
    assertThat(errorsAtTheEdge(CurvaturePoints.MIDPOINT).getLast()).isLessThan(1e-6);
  }

  @Test
  void iterate_threeProductsAtTheEdge_isExactToAPartPerMillion() {
    assertThat(errorsAtTheEdge(CurvaturePoints.ITERATE).getLast()).isLessThan(1e-6);
  }
}
