package brink.monitor.regime;

import static brink.monitor.regime.Situation.SETTINGS;
import static brink.v1.Regime.REGIME_STABLE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ThresholdTest {
  private static final double LEAST = SETTINGS.edge().edgeRatio();

  private static Threshold of(Situation situation, boolean thrown) {
    return Threshold.of(situation.signals(), thrown, SETTINGS);
  }

  private static Situation ratio(double mean, double error, RatioSource source) {
    return Situation.in(REGIME_STABLE).ratio(Situation.ratio(mean, error, source));
  }

  private static Situation midpoint(double mean) {
    return ratio(mean, 0, RatioSource.MIDPOINT);
  }

  @Test
  void of_ratioThatIsNotMeasured_isAt() {
    assertThat(of(Situation.in(REGIME_STABLE), false)).isEqualTo(Threshold.AT);
    assertThat(of(Situation.in(REGIME_STABLE), true)).isEqualTo(Threshold.AT);
    assertThat(of(Situation.in(REGIME_STABLE).along(2), false)).isEqualTo(Threshold.AT);
  }

  @Test
  void of_throw_comesBeforeTheRatio() {
    assertThat(of(midpoint(1), true)).isEqualTo(Threshold.THROWN);
    assertThat(of(midpoint(0.1), true)).isEqualTo(Threshold.THROWN);
  }

  /** A quarter is exact in binary. */
  @Test
  void of_ratioWithinTwoErrors_isAt() {
    assertThat(of(midpoint(1), false)).isEqualTo(Threshold.AT);
    assertThat(of(ratio(1.5, 0.25, RatioSource.MIDPOINT), false)).isEqualTo(Threshold.AT);
    assertThat(of(ratio(0.5, 0.25, RatioSource.MIDPOINT), false)).isEqualTo(Threshold.AT);
    assertThat(of(ratio(1.5, 0.2499, RatioSource.MIDPOINT), false)).isEqualTo(Threshold.ABOVE);
    assertThat(of(ratio(0.5, 0.2499, RatioSource.MIDPOINT), false)).isEqualTo(Threshold.BELOW);
  }

  @Test
  void of_ratioAbove_isAbove() {
    assertThat(of(midpoint(Math.nextUp(1.0)), false)).isEqualTo(Threshold.ABOVE);
    assertThat(of(midpoint(1.2).along(3), false)).isEqualTo(Threshold.ABOVE);
  }

  @Test
  void of_ratioBelow_isNearDownToTheLeastOfAnEdge() {
    assertThat(of(midpoint(LEAST), false)).isEqualTo(Threshold.NEAR);
    assertThat(of(midpoint(Math.nextDown(LEAST)), false)).isEqualTo(Threshold.BELOW);
    RatioSource gradients = RatioSource.GRADIENTS;
    assertThat(of(ratio(LEAST, 0, gradients), false)).isEqualTo(Threshold.NEAR);
    assertThat(of(ratio(0.5, 0, gradients), false)).isEqualTo(Threshold.BELOW);
  }

  @Test
  void of_movesThatGoOverKinks_isAlongMoves() {
    assertThat(of(midpoint(0.5).along(LEAST), false)).isEqualTo(Threshold.BELOW);
    assertThat(of(midpoint(0.5).along(Math.nextUp(LEAST)), false)).isEqualTo(Threshold.ALONG_MOVES);
    assertThat(of(midpoint(0.95).along(0.95), false)).isEqualTo(Threshold.NEAR);
    assertThat(of(midpoint(0.95).along(0.96), false)).isEqualTo(Threshold.ALONG_MOVES);
  }

  @Test
  void of_movesWhereSharpnessIsNotMeasured_areTheRatioItself() {
    assertThat(of(ratio(0.5, 0, RatioSource.GRADIENTS).along(1), false)).isEqualTo(Threshold.BELOW);
  }
}
