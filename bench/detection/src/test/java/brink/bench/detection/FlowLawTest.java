package brink.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand steps at η_in = 1e-3: log λ₁ falls by 2 in a unit of flow time, then rests. */
class FlowLawTest {
  private static final int STEPS = 1_000;
  private static final double HALF = 0.5;

  private final double[] none = new double[STEPS];
  private final double[] time = IntStream.range(0, STEPS).mapToDouble(i -> 1e-3 * i).toArray();
  private final double[] sharpness =
      Arrays.stream(time).map(t -> 3 - 2 * Math.min(t, HALF)).toArray();

  private FlowLaw law(double rate) {
    double[] rates = new double[STEPS];
    Arrays.fill(rates, Double.NaN);
    for (int i = 0; i < STEPS; i += 10) {
      rates[i] = rate;
    }
    return new FlowLaw(
        new Trace(0, none, sharpness, none, none, none, none, none, none, time), rates);
  }

  @Test
  void holds_whereTheSlopeIsThePredictedRate() {
    assertThat(law(-2).holds(0.3)).isTrue();
    assertThat(law(-1.85).holds(0.3)).isTrue();
  }

  @Test
  void holds_whereTheSlopeIsAnother_isFalse() {
    assertThat(law(-1.7).holds(0.3)).isFalse();
    assertThat(law(-2).holds(0.5)).isFalse();
  }

  @Test
  void holds_atRestOrUnmeasured_isFalse() {
    assertThat(law(-0.01).holds(0.8)).isFalse();
    assertThat(law(Double.NaN).holds(0.3)).isFalse();
  }

  @Test
  void step_ofAFlowTime_isTheFirstThatIsNotBefore() {
    assertThat(law(-2).step(0.2995)).isEqualTo(300);
    assertThat(law(-2).step(7)).isEqualTo(STEPS - 1);
  }
}
