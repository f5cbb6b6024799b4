package brink.monitor.flow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class SharpnessDriftTest {
  private static SharpnessDrift drift(int bins, DoubleUnaryOperator logSharpness) {
    FlowHistory history = FlowHistory.EMPTY;
    for (int i = 0; i < bins; i++) {
      history = history.with(0.01 * i, logSharpness.applyAsDouble(0.01 * i), 0.1, Double.NaN);
    }
    return requireNonNull(SharpnessDrift.of(history, 12));
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
    assertThat(drift.rate()).isCloseTo(8 * 0.175, within(0.05));
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
