package brink.monitor.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.geometry.Motion;
import brink.monitor.geometry.SphericalStep;
import org.junit.jupiter.api.Test;

class NormRiseTest {
  private static NormRise with(NormRise rise, long step, double normSquared) {
    return rise.with(
        new SphericalStep(
            Motion.PLAIN,
            step,
            0,
            0.5,
            4e-4,
            normSquared,
            1e-3,
            null,
            null,
            null,
            null,
            null,
            false,
            null,
            null));
  }

  private static NormRise growing(double perStep, int steps) {
    NormRise rise = NormRise.NONE;
    for (int i = 0; i <= steps; i++) {
      rise = with(rise, i, Math.pow(perStep, i));
    }
    return rise;
  }

  @Test
  void factor_ofDecay_staysAtOne() {
    NormRise rise = growing(0.999, 1000);
    assertThat(rise.factor()).isEqualTo(1);
    assertThat(rise.start()).isEqualTo(1000);
  }

  @Test
  void factor_ofQuickRise_isTheRiseAndKnowsItsStart() {
    NormRise rise = growing(1.2, 3);
    assertThat(rise.start()).isZero();
    // The low gives way by 0.002 per step.
    assertThat(rise.factor()).isCloseTo(Math.pow(1.2, 3) * Math.exp(-3 * 0.002), within(1e-12));
  }

  @Test
  void factor_ofSlowRise_isNone() {
    assertThat(growing(Math.exp(0.0019), 1000).factor()).isEqualTo(1);
  }

  @Test
  void factor_acrossAGap_givesWayForEveryStep() {
    NormRise rise = with(with(NormRise.NONE, 0, 1), 60, Math.exp(0.12));
    assertThat(rise.factor()).isCloseTo(1, within(1e-12));
  }

  /** With η_in above 4e-3 the low gives way by half of it. */
  @Test
  void factor_ofRiseAtALargeIntrinsicRate_givesWayByHalfOfIt() {
    NormRise rise = NormRise.NONE.with(MadeUpStep.at(0).weightDecay(0.02).norm(1).build());
    NormRise next = rise.with(MadeUpStep.at(1).weightDecay(0.02).norm(1.1).build());
    assertThat(next.factor()).isCloseTo(1.1 * Math.exp(-0.005), within(1e-12));
  }

  @Test
  void anew_afterARise_beginsHere() {
    NormRise rise = growing(1.2, 3).anew();
    assertThat(rise.factor()).isEqualTo(1);
    assertThat(rise.start()).isEqualTo(3);
    assertThat(with(rise, 4, Math.pow(1.2, 4)).factor())
        .isCloseTo(1.2 * Math.exp(-0.002), within(1e-12));
  }

  @Test
  void anew_beforeAnyStep_isNone() {
    assertThat(NormRise.NONE.anew()).isEqualTo(NormRise.NONE);
    assertThat(NormRise.NONE.factor()).isEqualTo(1);
  }
}
