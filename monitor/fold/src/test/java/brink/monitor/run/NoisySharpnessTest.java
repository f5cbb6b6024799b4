package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.Sharpness;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The golden run with λ₁ that is off by 1 % at every step, and does not say so: it is worth more
 * than none.
 */
final class NoisySharpnessTest {
  private static final double NOISE = 0.01;

  private static Folded fold(double noise) {
    Random random = new Random(11);
    List<StepObserved> records = new ArrayList<>();
    Golden.descent(Descent.midpoint(), true)
        .run(
            Golden.STEPS,
            Golden.LEARNING_RATE,
            Golden.WEIGHT_DECAY,
            step -> records.add(disturbed(step, noise, random)));
    return Folded.of(records);
  }

  private static StepObserved disturbed(StepObserved step, double noise, Random random) {
    StepObserved.Builder disturbed = step.toBuilder();
    for (Sharpness.Builder sharpness : disturbed.getSharpnessBuilderList()) {
      double factor = Math.exp(noise * random.nextGaussian());
      for (int i = 0; i < sharpness.getEigenvaluesCount(); i++) {
        sharpness.setEigenvalues(i, factor * sharpness.getEigenvalues(i));
      }
    }
    return disturbed.build();
  }

  @Test
  void fold_noise_takesNothingFromTheVerdicts() {
    Folded noisy = fold(NOISE);
    Folded clean = fold(0);

    assertThat(noisy.regimes()).isEqualTo(clean.regimes());
    assertThat(noisy.regimes()).contains(Regime.REGIME_FLOWING, Regime.REGIME_SETTLED);
    long entry = clean.change(Regime.REGIME_EDGE).getDetectedAtStep();
    assertThat(noisy.change(Regime.REGIME_EDGE).getDetectedAtStep())
        .isBetween(entry - 5, entry + 20);
  }

  @Test
  void fold_noise_isInTheErrorOfTheDecay() {
    List<Double> deviations = new ArrayList<>();
    for (FlowFitted fit : fold(NOISE).fits) {
      if (fit.hasSharpnessDecay() && fit.hasAngularStep()) {
        deviations.add(deviation(fit.getSharpnessDecay(), fit.getAngularStep()));
      }
    }
    long far = deviations.stream().filter(deviation -> deviation > 2).count();

    assertThat(deviations).hasSizeGreaterThan(100);
    assertThat(far).isLessThan(deviations.size() / 10);
  }

  private static double deviation(Estimate decay, Estimate angular) {
    double error = Math.hypot(decay.getStandardError(), angular.getStandardError());
    return Math.abs(decay.getValue() - angular.getValue()) / error;
  }
}
