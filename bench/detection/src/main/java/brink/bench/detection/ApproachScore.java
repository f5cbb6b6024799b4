package brink.bench.detection;

import brink.bench.detection.Label.Episode;
import brink.v1.FlowFitted;
import org.jspecify.annotations.Nullable;

/**
 * The forecast of the step at which s passes 1, made when half of the way to it was left, against
 * that step.
 *
 * <p>The crossing that is meant is the first one that lasts: s stays above {@value #LASTS} for the
 * next 1/√η_in steps, the time that an oscillation takes to grow. The label's is the last one
 * before the onset, which is another one where s wavered about 1, or where a silent crossing's
 * burst threw it down once.
 *
 * @param made whether there was a forecast
 * @param relativeError of the number of steps that were left, signed; NaN where none was made
 * @param covered whether the truth was in the interval of 90 %
 * @param sharpening share of what log s still rose that came from λ₁, not from the decay of ‖w‖²
 */
record ApproachScore(boolean made, double relativeError, boolean covered, double sharpening) {
  /** The least s that a label's onset may have. */
  private static final double LASTS = 0.9;

  /** Steps that are looked at without weight decay. */
  private static final double LONGEST = 200;

  /** Two-sided 90 % of a normal distribution, in standard errors. */
  static final double QUANTILE = 1.645;

  /** Null where s never rose through 1 before the first episode. */
  static @Nullable ApproachScore of(Trace trace, Label label, Verdicts verdicts) {
    int crossing = label.episodes().isEmpty() ? -1 : crossing(trace, label.episodes().getFirst());
    if (crossing < 0) {
      return null;
    }
    double sharpening = sharpening(trace, crossing);
    FlowFitted made = null;
    for (FlowFitted fit : verdicts.fits()) {
      if (fit.getStep() - trace.first() <= crossing / 2) {
        made = fit;
      }
    }
    if (made == null || !made.hasStepsToEdge()) {
      return new ApproachScore(false, Double.NaN, false, sharpening);
    }
    double left = crossing + trace.first() - made.getStep();
    double error = made.getStepsToEdge().getValue() - left;
    boolean covered = Math.abs(error) <= QUANTILE * made.getStepsToEdge().getStandardError();
    return new ApproachScore(true, error / left, covered, sharpening);
  }

  /** Step of the crossing before an episode; −1 where there was none. */
  static int crossing(Trace trace, Episode episode) {
    for (int i = 1; i <= Math.min(episode.onset(), trace.length() - 1); i++) {
      if (trace.ratio()[i] >= 1 && trace.ratio()[i - 1] < 1 && lasts(trace, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean lasts(Trace trace, int crossing) {
    double steps = Math.min(LONGEST, 1 / Math.sqrt(trace.intrinsicRate()[crossing]));
    for (int i = crossing; i < Math.min(crossing + steps, trace.length()); i++) {
      if (trace.ratio()[i] < LASTS) {
        return false;
      }
    }
    return true;
  }

  private static double sharpening(Trace trace, int crossing) {
    int half = crossing / 2;
    double sharpness = trace.logSharpness()[crossing] - trace.logSharpness()[half];
    return sharpness / (Math.log(trace.ratio()[crossing]) - Math.log(trace.ratio()[half]));
  }
}
