package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectCadenceTest {
  private static final long STEPS = 2_000;

  /** Counts what a landscape is asked for, a product as a gradient. */
  private static final class Counting implements Landscape {
    private final Landscape landscape;
    private long cost;

    Counting(Landscape landscape) {
      this.landscape = landscape;
    }

    @Override
    public Kernels kernels() {
      return landscape.kernels();
    }

    @Override
    public int dimension() {
      return landscape.dimension();
    }

    @Override
    public Linearization linearize(Tensor w) {
      cost++;
      Linearization here = landscape.linearize(w);
      return new Linearization() {
        @Override
        public double loss() {
          return here.loss();
        }

        @Override
        public Tensor gradient() {
          return here.gradient();
        }

        @Override
        public void hessianVectorProduct(Tensor v, Tensor result) {
          cost++;
          here.hessianVectorProduct(v, result);
        }
      };
    }
  }

  /** Steps that measured directly, and what the run cost. */
  private record Seen(List<Long> measured, long cost, int tests) {}

  private static Seen run(DirectCadence cadence, int curvatureEvery) {
    try (Kernels kernels = new CpuKernels(1)) {
      Problem problem = SyntheticProblem.of(kernels, 1);
      Counting landscape = new Counting(problem.landscape());
      List<Long> measured = new ArrayList<>();
      int[] tests = new int[1];
      DescentSettings settings =
          DescentSettings.of(new Hyperparameters(0.5, 2e-3), STEPS)
              .withCurvature(CurvaturePoints.MIDPOINT, curvatureEvery)
              .withDirectCadence(cadence);
      var _ =
          new GradientDescent(landscape, problem.initialWeights(), settings, () -> 0)
              .run(
                  record -> {
                    record.sharpness().stream()
                        .filter(sharpness -> sharpness.logSharpnessGradientSquared() != null)
                        .forEach(_ -> measured.add(record.step()));
                    tests[0] += record.flowTest() == null ? 0 : 1;
                  },
                  () -> false);
      return new Seen(measured, landscape.cost, tests[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void auto_wholeRun_costsATenthOfTrainingAtMostAndNotMuchLess(int curvatureEvery) {
    Seen without = run(DirectCadence.NEVER, curvatureEvery);
    Seen with = run(DirectCadence.AUTO, curvatureEvery);
    double share = (double) (with.cost() - without.cost()) / without.cost();
    // products count for two gradients in the account, and for one here
    assertThat(share).isBetween(0.04, 0.1);
    assertThat(with.measured()).allMatch(step -> step % curvatureEvery == 0);
    // each measurement ends a span, and all but the first say something
    assertThat(with.tests()).isBetween(with.measured().size() / 2, with.measured().size() - 1);
  }

  @Test
  void auto_sameRunTwice_measuresAtTheSameSteps() {
    assertThat(run(DirectCadence.AUTO, 1)).isEqualTo(run(DirectCadence.AUTO, 1));
  }

  @Test
  void parse_whatIsWritten_isRead() {
    for (DirectCadence cadence :
        List.of(DirectCadence.NEVER, DirectCadence.AUTO, new DirectCadence.Every(50))) {
      assertThat(DirectCadence.parse(cadence.toString())).isEqualTo(cadence);
    }
    assertThat(DirectCadence.parse("AUTO")).isEqualTo(DirectCadence.AUTO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-3", "often", "", "1.5"})
  void parse_anythingElse_saysWhatToWrite(String text) {
    assertThatThrownBy(() -> DirectCadence.parse(text))
        .hasMessage("needs a number of steps, 0 for never, or auto, not '" + text + "'");
  }
}
