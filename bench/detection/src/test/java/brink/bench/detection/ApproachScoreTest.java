package brink.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import brink.bench.detection.Label.Episode;
import brink.v1.Estimate;
import brink.v1.FlowFitted;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApproachScoreTest {
  private static final int STEPS = 300;

  /** s rises by 0.01 per step, and is at most a ceiling from step 100 on. */
  private static Trace trace(double... afterwards) {
    double[] ratio =
        IntStream.range(0, STEPS)
            .mapToDouble(
                i -> i <= 100 ? 0.005 + 0.01 * i : afterwards[(i - 101) % afterwards.length])
            .toArray();
    double[] none = new double[STEPS];
    double[] rate = new double[STEPS];
    Arrays.fill(rate, 0.01);
    return new Trace(0, ratio, none, none, none, none, none, rate, none, none);
  }

  private static Label label() {
    return new Label(List.of(new Episode(200, 210, STEPS - 1)), List.of());
  }

  private static FlowFitted fit(int step, double left, double error) {
    return FlowFitted.newBuilder()
        .setStep(step)
        .setStepsToEdge(Estimate.newBuilder().setValue(left).setStandardError(error))
        .build();
  }

  @Test
  void crossing_justBelowOneAgain_isStillTheFirst() {
    assertThat(ApproachScore.crossing(trace(1.1, 0.95), label().episodes().getFirst()))
        .isEqualTo(100);
  }

  @Test
  void crossing_farBelowOneAgain_isALaterOne() {
    double[] thrown = new double[STEPS];
    Arrays.fill(thrown, 0, 50, 0.8);
    Arrays.fill(thrown, 50, STEPS, 1.1);
    // 1/√η_in is ten steps.
    assertThat(ApproachScore.crossing(trace(thrown), label().episodes().getFirst())).isEqualTo(151);
  }

  @Test
  void of_lastFitBeforeTheHalf_isHeldAgainstTheCrossing() {
    Verdicts verdicts =
        new Verdicts(List.of(), List.of(fit(20, 10, 1), fit(40, 66, 4), fit(60, 40, 1)));
    ApproachScore score = Objects.requireNonNull(ApproachScore.of(trace(1.1), label(), verdicts));
    assertThat(score.relativeError()).isEqualTo(0.1);
    assertThat(score.covered()).isTrue();
  }

  @Test
  void of_noForecastAtTheHalf_isNone() {
    FlowFitted without = FlowFitted.newBuilder().setStep(45).build();
    Verdicts verdicts = new Verdicts(List.of(), List.of(fit(40, 60, 1), without));
    assertThat(Objects.requireNonNull(ApproachScore.of(trace(1.1), label(), verdicts)).made())
        .isFalse();
  }

  @Test
  void of_ratioThatNeverCrosses_isNothing() {
    double[] low = {0.5};
    assertThat(
            ApproachScore.of(
                trace(low), new Label(List.of(), List.of()), new Verdicts(List.of(), List.of())))
        .isNull();
  }
}
