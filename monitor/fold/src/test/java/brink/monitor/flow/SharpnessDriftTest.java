package brink.monitor.flow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.geometry.Motion;
import brink.monitor.geometry.SphericalStep;
import brink.v1.Estimate;
import brink.v1.StepObserved;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class SharpnessDriftTest {
  private static SharpnessDrift drift(int bins, DoubleUnaryOperator logSharpness) {
    FlowHistory history = FlowHistory.EMPTY;
    for (int i = 0; i < bins; i++) {
      history = history.with(0.01 * i, logSharpness.applyAsDouble(0.01 * i), 0.1, Double.NaN);
    }
    return requireNonNull(SharpnessDrift.of(history, history::logSharpness));
  }

  @Test
  void of_relaxingDrift_findsItsRelaxation() {
    SharpnessDrift drift = drift(24, t -> 2 - 0.3 * Math.exp(-5 * t));
    // The rate is taken in the middle of a window of 0.11: mean slopes are too steep by
    // (κ·0.11)²/24
    // at most, the same for both windows, so that κ is theirs.
    assertThat(drift.relaxation()).isCloseTo(5, within(0.15));
    assertThat(drift.rate()).isCloseTo(1.5 * Math.exp(-5 * 0.23), within(0.02));
    assertThat(drift.at(10)).isCloseTo(2, within(0.02));
  }

  @Test
  void of_growingDrift_continuesItAsItIs() {
    SharpnessDrift drift = drift(24, t -> 4 * t * t);
    assertThat(drift.relaxation()).isZero();
    // a parabola is straight over the newest five bins at most
    assertThat(drift.rate()).isCloseTo(8 * 0.21, within(0.01));
  }

  @Test
  void stepsToRise_ofNoisyStillness_areThoseOfTheRestWithItsError() {
    SharpnessDrift still = drift(36, _ -> 1);
    Estimate steps = requireNonNull(still.stepsToRise(0.5, 2, 0, step(0.35)));
    assertThat(steps.getValue()).isCloseTo(0.25 / 1e-3 + 0.5, within(1e-6));
    assertThat(steps.getStandardError()).isCloseTo(1 / Math.sqrt(12), within(1e-3));
  }

  @Test
  void stepsToRise_whereADriftDoesAllOfIt_areLessSureTheMoreItChanged() {
    SharpnessDrift steady = drift(24, t -> 3 * t);
    Estimate known = requireNonNull(steady.stepsToRise(0.6, 0, 0, step(0.23)));
    assertThat(known.getValue()).isCloseTo(200.5, within(0.1));
    // 0.6 of itself
    assertThat(known.getStandardError()).isCloseTo(120, within(1.0));

    assertThat(drift(24, t -> 4 * t * t).stepsToRise(0.6, 0, 0, step(0.23)))
        .satisfies(
            steps ->
                assertThat(requireNonNull(steps).getStandardError() / steps.getValue())
                    .isGreaterThan(0.6));
    assertThat(drift(24, t -> -t).stepsToRise(0.6, 0, 0, step(0.23))).isNull();
  }

  private static SphericalStep step(double flowTime) {
    StepObserved observed =
        StepObserved.newBuilder()
            .setStep(1)
            .setLearningRate(1)
            .setWeightDecay(1e-3)
            .setWeightNormSquared(1)
            .setGradientNormSquared(0)
            .build();
    return SphericalStep.of(observed, Motion.PLAIN, 0).at(flowTime);
  }

  @Test
  void timeToRise_steadyGrowthAlone_isDistanceOverIt() {
    SharpnessDrift still = drift(24, _ -> 1);
    assertThat(still.timeToRise(0.7, 2, 0.3)).isCloseTo(0.35, within(1e-12));
    assertThat(still.timeToRise(0.7, -1, 0.3)).isInfinite();
  }

  @Test
  void timeToRise_relaxingDrift_isWhereBothTogetherArrive() {
    SharpnessDrift drift = new SharpnessDrift(0, 0, 0, 1, 0, 4);
    double time = drift.timeToRise(0.5, 2, 0);
    assertThat(2 * time + (1 - Math.exp(-4 * time)) / 4).isCloseTo(0.5, within(1e-12));
  }
}
