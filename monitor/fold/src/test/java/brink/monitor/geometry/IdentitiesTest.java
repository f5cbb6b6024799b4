package brink.monitor.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The definitions on one step of GD with weight decay in the plane: w = (3, 0), ∇L = (0, 2). */
final class IdentitiesTest {
  private static final double RATE = 0.5;
  private static final double INTRINSIC = 0.1;
  private final double effective = StabilityRatio.effectiveLearningRate(RATE, INTRINSIC, 9);

  @Test
  void ledgerShare_whereTheNormRests_isOne() {
    double rest = 1 / ((1 - INTRINSIC) * (1 - INTRINSIC)) - 1;
    // a few roundings of 1, over 2η_in
    assertThat(AngularStep.ledgerShare(rest, INTRINSIC)).isCloseTo(1, within(1e-14 / INTRINSIC));
    assertThat(AngularStep.ledgerShare(1e-6, 1e-6))
        .isCloseTo(AngularStep.share(1e-6, 1e-6), within(1e-5));
  }

  @Test
  void normLedger_oneStep_isExact() {
    double x = (1 - INTRINSIC) * 3;
    double y = -RATE * 2;
    double predicted = NormLedger.predicted(9, INTRINSIC, AngularStep.squared(effective, 9, 4));
    assertThat(predicted).isCloseTo(x * x + y * y, within(1e-14));
    assertThat(NormLedger.error(2 * predicted, predicted)).isEqualTo(1);
  }

  @Test
  void normLedger_radialGradient_isWhatItAddsToWeightDecay() {
    double radial = 0.3; // ∇L = (0.3, 2)
    double x = (1 - INTRINSIC) * 3 - RATE * radial;
    double y = -RATE * 2;
    double gradientSquared = 4 + radial * radial;
    double angle = Math.sqrt(AngularStep.squared(effective, 9, gradientSquared));
    double predicted = NormLedger.predicted(9, INTRINSIC, angle * angle);
    double error = NormLedger.error(x * x + y * y, predicted);
    double cosine = radial / Math.sqrt(gradientSquared);
    assertThat(error).isCloseTo(-2 * cosine * angle / (1 + angle * angle), within(1e-15));
    // the step that weight decay of η_in + η⟨w, ∇L⟩/‖w‖² makes with the rest of the gradient
    double decayed = INTRINSIC + RATE * 3 * radial / 9;
    double tangent =
        AngularStep.squared(StabilityRatio.effectiveLearningRate(RATE, decayed, 9), 9, 4);
    assertThat(NormLedger.predicted(9, decayed, tangent)).isCloseTo(x * x + y * y, within(1e-14));
  }

  @Test
  void radialDecay_smallPart_isThatOfTheGradient() {
    double intrinsic = 1e-3;
    double radial = 1e-6; // R = η⟨w, ∇L⟩/(‖w‖²·η_in)
    double gradientSquared = 1e-4 + radial * radial;
    double rate = StabilityRatio.effectiveLearningRate(RATE, intrinsic, 9);
    double x = (1 - intrinsic) * 3 - RATE * radial;
    double squared = x * x + RATE * RATE * 1e-4;
    double predicted =
        NormLedger.predicted(9, intrinsic, AngularStep.squared(rate, 9, gradientSquared));
    double share = RadialDecay.share(NormLedger.error(squared, predicted), intrinsic);
    // up to η_in and α² of itself, and the ledger's rounding
    assertThat(share).isCloseTo(RATE * radial / (3 * intrinsic), within(1e-12 + 2e-3 * share));
    assertThat(RadialDecay.share(1e-3, 0)).isNaN();
  }

  @Test
  void angularStep_oneStep_isTangentSquared() {
    double tangent = RATE * 2 / ((1 - INTRINSIC) * 3);
    assertThat(AngularStep.squared(effective, 9, 4)).isCloseTo(tangent * tangent, within(1e-15));
    assertThat(AngularStep.share(0.2, INTRINSIC)).isCloseTo(1, within(1e-15));
  }

  @Test
  void stabilityRatio_threeWays_agreeOnQuadratic() {
    // A gradient component along v₁ is multiplied by 1 − 2s; s = 0.9 makes that −0.8.
    assertThat(StabilityRatio.fromGradients(-1, 0.8, 0)).isCloseTo(0.9, within(1e-15));
    double sharpness = 2 * 0.9 / effective;
    assertThat(StabilityRatio.of(effective, sharpness)).isCloseTo(0.9, within(1e-15));
    assertThat(StabilityRatio.fromDirectionalCurvature(effective, 9, sharpness / 9))
        .isCloseTo(0.9, within(1e-15));
  }

  @Test
  void stabilityRatio_withMomentum_agreesOnQuadratic() {
    double momentum = 0.9;
    // x ← (1 + β − 2(1 + β)s)·x − β·x' grows by its root of largest modulus
    double s = 1.01;
    double trace = (1 + momentum) * (1 - 2 * s);
    double root = (trace - Math.sqrt(trace * trace - 4 * momentum)) / 2;
    assertThat(root).isLessThan(-1);
    assertThat(StabilityRatio.fromGradients(-1, -root, momentum)).isCloseTo(s, within(1e-14));
    assertThat(StabilityRatio.fromGradients(-1, 1, momentum)).isCloseTo(1, within(1e-15));
  }

  @Test
  void normFactor_withMomentum_isWhatItselfMakes() {
    assertThat(Motion.PLAIN.normFactor(INTRINSIC)).isEqualTo(1 - INTRINSIC);
    assertThat(new Motion(0, true).normFactor(INTRINSIC)).isEqualTo(1);
    double factor = new Motion(0.5, false).normFactor(1e-3);
    // w_{t+1} = (1 + β − η_in)·w_t − β·w_{t−1} without a gradient
    assertThat(factor * factor).isCloseTo((1.5 - 1e-3) * factor - 0.5, within(1e-15));
    assertThat(factor).isCloseTo(1 - 1e-3 / 0.5, within(1e-5));
  }

  @Test
  void smoothed_shortSeries_isExactMean() {
    Smoothed smoothed = Smoothed.EMPTY.with(1, 8).with(2, 8).with(6, 8);
    assertThat(smoothed.mean()).isCloseTo(3, within(1e-15));
    assertThat(smoothed.variance()).isCloseTo(14.0 / 3, within(1e-14));
  }
}
