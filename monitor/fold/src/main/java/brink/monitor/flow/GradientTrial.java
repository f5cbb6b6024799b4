package brink.monitor.flow;

import brink.v1.FlowTestKind;
import brink.v1.FlowTestOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The test by the gradient of sharpness: log λ₁ against what the oscillation makes of a G² that was
 * measured directly. An oscillation of α² moves training along Γ so that d log λ₁/dτ =
 * −½·⟨α²⟩/(2η_in)·G²/s, whatever s does meanwhile (docs/theory.md); where s is held at 1 that is
 * −2G²/(4 + G²). The norm ledger has no part in it: in a stream that was made up without a
 * landscape λ₁ and G² have nothing to do with one another.
 *
 * <p>What is left of log λ₁ after that is subtracted, bin by bin, is constant if the flow holds:
 * the slope of a straight line through it, with its error, is the test.
 */
final class GradientTrial {
  /** Bins that a line's error can be told from, with neighbours that depend on one another. */
  private static final int FEWEST = 8;

  /**
   * Bins after an eigenvalue came to the threshold, or fell below it, in which it is not known
   * whether it oscillates: a tenth of a unit of flow time, after which that is forgotten.
   */
  private static final int FORGETTING = 10;

  private GradientTrial() {}

  /** Null where G² was not measured in enough of the bins. */
  static @Nullable FlowTrial of(FlowHistory bins, double intrinsicRate, FlowSettings settings) {
    double[] direct = DirectSeries.of(bins, settings.directReach());
    int from = Math.max(DirectSeries.first(direct), settled(bins));
    int count = bins.size() - from;
    if (count < FEWEST) {
      return null;
    }
    boolean[] several = several(bins);
    double[] left = new double[bins.size()];
    double predicted = 0;
    for (int i = from + 1; i < bins.size(); i++) {
      double step = bins.time(i) - bins.time(i - 1);
      double flow =
          step * (rate(bins, i - 1, direct, several) + rate(bins, i, direct, several)) / 2;
      predicted += flow;
      left[i] = left[i - 1] + change(bins, i, several) - flow;
    }
    LocalFit fit = LocalFit.cautious(bins, i -> left[i], count, 1);
    if (fit == null) {
      return null;
    }
    double span = bins.lastTime() - bins.time(from);
    double rate = predicted / span;
    double theory = settings.theoryError() * intrinsicRate * Math.abs(rate);
    double error = Math.hypot(fit.rateError(), theory);
    double z = fit.rate() / error;
    double probability = ChiSquare.survival(z * z, 1);
    boolean isLeftOver =
        Math.abs(fit.rate()) <= settings.theoryLimit() * intrinsicRate * Math.abs(rate);
    return new FlowTrial(
        FlowTestKind.FLOW_TEST_KIND_SHARPNESS_GRADIENT,
        outcome(bins, from, rate, error, probability, isLeftOver, settings),
        rate + fit.rate(),
        rate,
        error,
        probability,
        span,
        Double.NaN,
        Double.NaN);
  }

  private static int settled(FlowHistory bins) {
    int changed = -FORGETTING;
    int last = -1;
    for (int i = 0; i < bins.size(); i++) {
      if (!Double.isNaN(bins.direct(i))) {
        changed = last >= 0 && bins.isOfSeveral(i) != bins.isOfSeveral(last) ? i : changed;
        last = i;
      }
    }
    return Math.max(0, changed + FORGETTING);
  }

  /** Whether several eigenvalues are at the threshold, as when G² was last measured. */
  private static boolean[] several(FlowHistory bins) {
    boolean[] several = new boolean[bins.size()];
    boolean last = false;
    for (int i = 0; i < several.length; i++) {
      last = Double.isNaN(bins.direct(i)) ? last : bins.isOfSeveral(i);
      several[i] = last;
    }
    return several;
  }

  // Of several eigenvalues it is the threshold that the oscillation holds, not the one on top: they
  // take turns, and one that passed the others without any oscillation of its own drifts away.
  private static double change(FlowHistory bins, int bin, boolean[] several) {
    double change = bins.logSharpness(bin) - bins.logSharpness(bin - 1);
    return several[bin] || several[bin - 1]
        ? change - bins.logRatio(bin) + bins.logRatio(bin - 1)
        : change;
  }

  private static double rate(FlowHistory bins, int bin, double[] direct, boolean[] several) {
    double ratio = several[bin] ? 1 : StrictMath.exp(bins.logRatio(bin));
    return -bins.share(bin) * direct[bin] / (2 * ratio);
  }

  private static FlowTestOutcome outcome(
      FlowHistory bins,
      int from,
      double rate,
      double error,
      double probability,
      boolean isLeftOver,
      FlowSettings settings) {
    if (!isHeld(bins, from, settings)) {
      return FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED;
    }
    if (probability < settings.doubt()) {
      return isLeftOver
          ? FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED
          : FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS;
    }
    double largest = settings.decidedShare() * Math.abs(rate) + settings.rateFloor();
    return 3 * error <= largest && probability >= FlowTrial.AGREEMENT
        ? FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES
        : FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED;
  }

  // Without an oscillation ln s drifts at 2 per unit of flow time: between bursts there is nothing
  // to test.
  private static boolean isHeld(FlowHistory bins, int from, FlowSettings settings) {
    double drift = bins.logRatio(bins.size() - 1) - bins.logRatio(from);
    return Math.abs(drift) <= settings.heldDrift() * (bins.lastTime() - bins.time(from));
  }
}
