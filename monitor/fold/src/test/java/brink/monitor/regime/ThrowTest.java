package brink.monitor.regime;

import static brink.monitor.regime.Situation.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.geometry.Motion;
import brink.monitor.geometry.Smoothed;
import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ThrowTest {
  private static final Motion SPHERE = new Motion(0, true);

  private static Signals after(NormRise norm, Smoothed slowLoss) {
    Signals none = Signals.NONE;
    return new Signals(
        none.ratio(),
        none.cosine(),
        none.angularStep(),
        norm,
        slowLoss,
        none.ledger(),
        -1,
        0,
        none.witnesses());
  }

  private static Throw ofRise(double factor) {
    NormRise before = NormRise.NONE.with(MadeUpStep.at(6).norm(1).build());
    // The low gives way by 0.002 in the step.
    SphericalStep step = MadeUpStep.at(7).norm(factor * Math.exp(0.002)).build();
    return Throw.of(step, null, after(before, Smoothed.EMPTY), SETTINGS);
  }

  @Test
  void of_normBeyondAThrow_isCatapultSinceItsLow() {
    double factor = SETTINGS.catapult().catapultNormFactor();
    assertThat(ofRise(factor - 1e-9).isCatapult()).isFalse();
    Throw thrown = ofRise(factor + 1e-9);
    assertThat(thrown.isCatapult()).isTrue();
    assertThat(thrown.normFactor()).isCloseTo(factor, within(1e-8));
    assertThat(thrown.start()).isEqualTo(6);
  }

  private static boolean onSphere(@Nullable RatioReading reading, double loss, Smoothed before) {
    SphericalStep step = MadeUpStep.at(7).motion(SPHERE).norm(1).loss(loss).build();
    return Throw.of(step, reading, after(NormRise.NONE, before), SETTINGS).isCatapult();
  }

  @Test
  void of_sphere_needsASharpStepAndALossThatJumped() {
    double ratio = SETTINGS.catapult().catapultRatio();
    RatioReading sharp = new RatioReading(ratio, 0, RatioSource.MIDPOINT);
    Smoothed before = new Smoothed(0.5, 0, 64);
    double limit = 0.5 * SETTINGS.catapult().catapultLossFactor();
    assertThat(onSphere(sharp, Math.nextUp(limit), before)).isTrue();
    assertThat(onSphere(sharp, limit, before)).isFalse();
    assertThat(onSphere(sharp, 100, Smoothed.EMPTY)).isFalse();
    RatioReading less = new RatioReading(Math.nextDown(ratio), 0, RatioSource.MIDPOINT);
    assertThat(onSphere(less, 100, before)).isFalse();
    assertThat(onSphere(new RatioReading(9, 0, RatioSource.GRADIENTS), 100, before)).isFalse();
    assertThat(onSphere(null, 100, before)).isFalse();
  }

  @Test
  void of_sphereWithoutLoss_isNone() {
    RatioReading sharp = new RatioReading(9, 0, RatioSource.MIDPOINT);
    SphericalStep step = MadeUpStep.at(7).motion(SPHERE).norm(1).build();
    Signals before = after(NormRise.NONE, new Smoothed(0.5, 0, 64));
    assertThat(Throw.of(step, sharp, before, SETTINGS).isCatapult()).isFalse();
  }
}
