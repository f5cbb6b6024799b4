package brink.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand steps at η_in = 1e-3, with log λ₁ = 3 − 2τ. */
class SharpnessTruthTest {
  private static final int STEPS = 1_000;

  private final SharpnessTruth truth =
      new SharpnessTruth(
          new Trace(
              0,
              new double[STEPS],
              IntStream.range(0, STEPS)
                  .mapToDouble(i -> i == 500 ? Double.NaN : 3 - 2e-3 * i)
                  .toArray(),
              new double[STEPS],
              new double[STEPS],
              new double[STEPS],
              new double[STEPS],
              new double[STEPS],
              new double[STEPS],
              IntStream.range(0, STEPS).mapToDouble(i -> 1e-3 * i).toArray()));

  @Test
  void around_straightLine_isItsValue() {
    // Twenty or twenty-one steps, as rounding has it, one of them not measured.
    assertThat(truth.around(0.5)).isCloseTo(2, within(2e-3));
    assertThat(truth.around(2)).isNaN();
  }

  @Test
  void latest_straightLine_isItsMeanOverTheLastFiftieth() {
    assertThat(truth.latest(0.4)).isCloseTo(2.2 + 2 * 0.01, within(2e-3));
  }

  @Test
  void trend_straightLine_continuesIt() {
    assertThat(truth.trend(0.1, 0.4, 0.9)).isCloseTo(1.2, within(1e-9));
  }
}
