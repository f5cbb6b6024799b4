package brink.bench.detection;

import brink.bench.detection.Label.Episode;
import brink.v1.FlowFitted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The forecast of the step at which one more eigenvalue stands at the threshold, made when half of
 * the way from the episode's onset to it was left, against that step: the first from which on the
 * monitor counts two for three bins in succession.
 *
 * @param made whether there was a forecast
 * @param relativeError of the number of steps that were left, signed; NaN where none was made
 * @param covered whether the truth was in the interval of 90 %
 */
record NextSample(boolean made, double relativeError, boolean covered) {
  private static final int BINS = 3;

  /** Null where no second eigenvalue came to the threshold in the first episode. */
  static @Nullable NextSample of(Trace trace, Label label, Verdicts verdicts) {
    if (label.episodes().isEmpty()) {
      return null;
    }
    Episode episode = label.episodes().getFirst();
    long onset = trace.first() + episode.onset();
    long end = trace.first() + FlowScore.undisturbed(label, episode);
    List<FlowFitted> fits =
        verdicts.fits().stream()
            .filter(f -> f.hasEdgeEigenvalues() && f.getStep() >= onset && f.getStep() <= end)
            .toList();
    long reached = reached(fits);
    if (reached < 0) {
      return null;
    }
    FlowFitted made = null;
    for (FlowFitted fit : fits) {
      made = fit.getStep() <= (onset + reached) / 2 ? fit : made;
    }
    if (made == null || !made.hasStepsToNextEigenvalue()) {
      return new NextSample(false, Double.NaN, false);
    }
    double left = reached - made.getStep();
    double error = made.getStepsToNextEigenvalue().getValue() - left;
    double standard = made.getStepsToNextEigenvalue().getStandardError();
    return new NextSample(true, error / left, Math.abs(error) <= ApproachScore.QUANTILE * standard);
  }

  private static long reached(List<FlowFitted> fits) {
    int in = 0;
    for (int i = 0; i < fits.size(); i++) {
      in = fits.get(i).getEdgeEigenvalues() > 1 ? in + 1 : 0;
      if (in == BINS) {
        return fits.get(i - BINS + 1).getStep();
      }
    }
    return -1;
  }
}
