package brink.monitor.flow;

import brink.v1.FlowTestKind;
import brink.v1.FlowTestOutcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The test by the gradient of sharpness: log λ₁ against what the flow makes of a G² that was
 * measured directly, in one of two forms (docs/theory.md). The norm ledger has no part in the
 * prediction: in a stream that was made up without a landscape λ₁ and G² have nothing to do with
 * one another.
 *
 * <ul>
 *   <li>By the oscillation that there is: d log λ₁/dτ = −½·⟨α²⟩/(2η_in)·G²/s + U, whatever s does
 *       meanwhile, with U what the loss's own slope along Γ adds, as measured. It keeps its power
 *       where G² is huge.
 *   <li>By the oscillation that there has to be for s to be held: d log λ₁ = −(2G² − 4U)/(4 +
 *       G²)·dp in the flow's own clock p = τ − ½·ln s. Where G² is large and not well known it is
 *       the surer one, as nothing falls faster than at −2.
 * </ul>
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

  /**
   * Part of what the oscillation does to sharpness above which the slope of the loss does too much
   * of it to call the motion the sharpness-reduction flow.
   */
  private static final double MOST_BY_SLOPE = 0.5;

  /** By how much the second form has to be surer to be taken: the first tells more of G². */
  private static final double SURER = 2;

  private GradientTrial() {}

  /** Null where G² was not measured in enough of the bins. */
  static @Nullable FlowTrial of(FlowHistory bins, double intrinsicRate, FlowSettings settings) {
    double[] direct = DirectSeries.of(bins, bins::direct, settings.reach().directReach());
    int from = Math.max(DirectSeries.first(direct), settled(bins));
    if (bins.size() - from < FEWEST) {
      return null;
    }
    double[] slopes = DirectSeries.of(bins, bins::slopeRate, settings.reach().directReach());
    Arrays.setAll(slopes, bin -> known(slopes[bin]));
    Measured measured = new Measured(bins, from, direct, slopes, several(bins));
    Form asItIs = Form.of(measured, false, intrinsicRate, settings);
    Form asHeld = Form.of(measured, true, intrinsicRate, settings);
    boolean surer = asItIs == null || (asHeld != null && SURER * asHeld.error < asItIs.error);
    Form form = surer ? asHeld : asItIs;
    return form == null ? null : form.trial(measured, settings);
  }

  /**
   * What both forms work with.
   *
   * @param from the first bin
   * @param direct G² of the bins
   * @param slopes U of them
   * @param several whether more than one eigenvalue is at the threshold in them
   */
  @SuppressWarnings("ArrayRecordComponent") // series that are read, never compared
  private record Measured(
      FlowHistory bins, int from, double[] direct, double[] slopes, boolean[] several) {
    double span() {
      return bins.lastTime() - bins.time(from);
    }

    /** d log λ/dτ by the oscillation alone. */
    double asItIs(int bin) {
      double ratio = several[bin] ? 1 : StrictMath.exp(bins.logRatio(bin));
      return -bins.share(bin) * direct[bin] / (2 * ratio);
    }

    /** d log λ/dp, less the slope's part. */
    double asHeld(int bin) {
      return -(2 + slopes[bin]) * direct[bin] / (4 + direct[bin]);
    }

    /** Of the step to a bin from the one before: of τ, or of the flow's own clock. */
    double clock(int bin, boolean held) {
      double step = bins.time(bin) - bins.time(bin - 1);
      boolean one = !several[bin] && !several[bin - 1];
      double drift = bins.logRatio(bin) - bins.logRatio(bin - 1);
      return held && one && !Double.isNaN(drift) ? step - drift / 2 : step;
    }

    /** By how much of itself a rate changes with G²: all of it, or 4/(4 + G²) of it. */
    double sensitivity(boolean held) {
      double sum = 0;
      for (int bin = from; bin < bins.size(); bin++) {
        sum += held ? 4 / (4 + direct[bin]) : 1;
      }
      return sum / (bins.size() - from);
    }
  }

  /**
   * One way to predict.
   *
   * @param rate predicted d log λ₁/dτ over the bins
   * @param bySlope what of it is the loss's slope
   * @param left measured less predicted rate
   * @param limit what the next order may leave of it
   * @param error standard error of left
   */
  private record Form(double rate, double bySlope, double left, double limit, double error) {
    static @Nullable Form of(
        Measured measured, boolean held, double intrinsicRate, FlowSettings settings) {
      FlowHistory bins = measured.bins;
      double[] left = new double[bins.size()];
      double predicted = 0;
      double bySlope = 0;
      for (int i = measured.from + 1; i < bins.size(); i++) {
        double flow =
            held
                ? measured.asHeld(i - 1) + measured.asHeld(i)
                : measured.asItIs(i - 1) + measured.asItIs(i);
        double slope = measured.slopes[i - 1] + measured.slopes[i];
        double step = measured.clock(i, held);
        predicted += (flow + slope) / 2 * step;
        bySlope += slope / 2 * step;
        left[i] = left[i - 1] + change(bins, i, measured.several) - (flow + slope) / 2 * step;
      }
      LocalFit fit = LocalFit.cautious(bins, i -> left[i], bins.size() - measured.from, 1);
      if (fit == null) {
        return null;
      }
      double span = measured.span();
      double rate = predicted / span;
      double late =
          late(bins.lagging(measured.from), settings)
              * measured.sensitivity(held)
              * Math.abs(predicted - bySlope)
              / span;
      double order = intrinsicRate * Math.abs(rate);
      double theory = Math.hypot(settings.trial().theoryError() * order, late);
      return new Form(
          rate,
          bySlope / span,
          fit.rate(),
          Math.hypot(settings.trial().theoryLimit() * order, 2 * late),
          Math.hypot(fit.rateError(), theory));
    }

    FlowTrial trial(Measured measured, FlowSettings settings) {
      double z = left / error;
      double probability = ChiSquare.survival(z * z, 1);
      return new FlowTrial(
          FlowTestKind.FLOW_TEST_KIND_SHARPNESS_GRADIENT,
          isHeld(measured.bins, measured.from, settings)
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
  }

  /**
   * What the flow, being of leading order in η_in, leaves out of its own motion, as a share of it:
   * directions across Γ follow late, and what drives them changes at κ (docs/theory.md).
   */
  static double late(double lagging, FlowSettings settings) {
    return settings.relaxation().kappa() * lagging;
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

  // A producer that does not say how the loss slopes takes it to be at its minimum.
  private static double known(double slope) {
    return Double.isNaN(slope) ? 0 : slope;
  }

  // Without an oscillation ln s drifts at 2 per unit of flow time: between bursts there is nothing
  // to test.
  private static boolean isHeld(FlowHistory bins, int from, FlowSettings settings) {
    double drift = bins.logRatio(bins.size() - 1) - bins.logRatio(from);
    return Math.abs(drift) <= settings.reach().heldDrift() * (bins.lastTime() - bins.time(from));
  }
}
