package brink.monitor.flow;

import brink.v1.FlowTestKind;
import brink.v1.FlowTestOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One of the two ways in which {@link GradientTrial} predicts d log λ₁/dτ.
 *
 * @param rate predicted, over the bins
 * @param bySlope what of it is the loss's slope
 * @param left measured less predicted rate
 * @param limit what the next order may leave of it
 * @param error standard error of left
 */
record GradientForm(double rate, double bySlope, double left, double limit, double error) {
  /**
   * Part of what the oscillation does to sharpness above which the slope of the loss does too much
   * of it to call the motion the sharpness-reduction flow.
   */
  private static final double MOST_BY_SLOPE = 0.5;

  /**
   * By the oscillation that there is, or by the one that holds s.
   *
   * @return null where a straight line cannot be fitted
   */
  static @Nullable GradientForm of(
      GradientBins measured, boolean held, double intrinsicRate, FlowSettings settings) {
    FlowHistory bins = measured.bins();
    double[] left = new double[bins.size()];
    double predicted = 0;
    double bySlope = 0;
    for (int i = measured.from() + 1; i < bins.size(); i++) {
      double flow =
          held
              ? measured.asHeld(i - 1) + measured.asHeld(i)
              : measured.asItIs(i - 1) + measured.asItIs(i);
      double slope = measured.slopes()[i - 1] + measured.slopes()[i];
      double step = held ? measured.heldStep(i) : measured.step(i);
      predicted += (flow + slope) / 2 * step;
      bySlope += slope / 2 * step;
      left[i] = left[i - 1] + measured.change(i) - (flow + slope) / 2 * step;
    }
    LocalFit fit = LocalFit.cautious(bins, i -> left[i], bins.size() - measured.from(), 1);
    if (fit == null) {
      return null;
    }
    double span = measured.span();
    double rate = predicted / span;
    double late =
        GradientTrial.late(bins.lagging(measured.from()), settings)
            * (held ? measured.heldSensitivity() : 1)
            * Math.abs(predicted - bySlope)
            / span;
    double order = intrinsicRate * Math.abs(rate);
    double unknown = Math.hypot(late, measured.doubt());
    return new GradientForm(
        rate,
        bySlope / span,
        fit.rate(),
        Math.hypot(settings.trial().theoryLimit() * order, 2 * unknown),
        Math.hypot(fit.rateError(), Math.hypot(settings.trial().theoryError() * order, unknown)));
  }

  /** The test by this form. */
  FlowTrial trial(GradientBins measured, FlowSettings settings) {
    double z = left / error;
    double probability = ChiSquare.survival(z * z, 1);
    return new FlowTrial(
        FlowTestKind.FLOW_TEST_KIND_SHARPNESS_GRADIENT,
        isHeld(measured, settings)
            ? outcome(probability, settings)
            : FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED,
        rate + left,
        rate,
        error,
        probability,
        measured.span(),
        Double.NaN,
        Double.NaN,
        bySlope);
  }

  private FlowTestOutcome outcome(double probability, FlowSettings settings) {
    if (probability < settings.trial().doubt()) {
      return Math.abs(left) <= limit
          ? FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED
          : FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS;
    }
    boolean flows = Math.abs(bySlope) <= MOST_BY_SLOPE * Math.abs(rate - bySlope);
    double largest =
        settings.trial().decidedShare() * Math.abs(rate) + settings.trial().rateFloor();
    return flows && 3 * error <= largest && probability >= FlowTrial.AGREEMENT
        ? FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES
        : FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED;
  }

  // Without an oscillation ln s drifts at 2 per unit of flow time: between bursts there is nothing
  // to test.
  private static boolean isHeld(GradientBins measured, FlowSettings settings) {
    return Math.abs(measured.drift()) <= settings.reach().heldDrift() * measured.span();
  }
}
