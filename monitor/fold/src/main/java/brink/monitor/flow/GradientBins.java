package brink.monitor.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bins that {@link GradientTrial} looks at, with what was measured directly in them.
 *
 * @param bins all of them
 * @param from the first one that is looked at
 * @param direct G² of the bins
 * @param slopes what the slope of the loss does to log λ, U, in them
 * @param several whether it is the threshold of several eigenvalues that is held in them
 * @param doubt by how much the predicted rate may be off because it is not known how many
 *     eigenvalues are at the threshold; 0 where that is known
 */
@SuppressWarnings("ArrayRecordComponent") // series that are read, never compared
record GradientBins(
    FlowHistory bins, int from, double[] direct, double[] slopes, boolean[] several, double doubt) {
  /** Bins that a line's error can be told from, with neighbours that depend on one another. */
  private static final int FEWEST = 8;

  /**
   * Bins after an eigenvalue came to the threshold, or fell below it, in which it is not known
   * whether it oscillates: a tenth of a unit of flow time, after which that is forgotten.
   */
  private static final int FORGETTING = 10;

  /**
   * Those since the number of eigenvalues at the threshold last changed, where they are enough;
   * else, where eigenvalues come and go all the time, all with a measured G², and a doubt.
   *
   * @return null where G² was not measured in enough of the bins
   */
  static @Nullable GradientBins of(FlowHistory bins, FlowSettings settings) {
    double[] direct = DirectSeries.of(bins, bins::direct, settings.reach().directReach());
    double[] slopes = DirectSeries.of(bins, bins::slopeRate, settings.reach().directReach());
    // A producer that does not say how the loss slopes takes it to be at its minimum.
    Arrays.setAll(slopes, bin -> Double.isNaN(slopes[bin]) ? 0 : slopes[bin]);
    int first = DirectSeries.first(direct);
    int settled = Math.max(first, settled(bins));
    if (bins.size() - settled >= FEWEST) {
      return new GradientBins(bins, settled, direct, slopes, several(bins), 0);
    }
    return bins.size() - first >= FEWEST ? unsettled(bins, first, direct, slopes) : null;
  }

  // Whichever of the eigenvalues oscillate, what they hold is the threshold.
  private static GradientBins unsettled(
      FlowHistory bins, int first, double[] direct, double[] slopes) {
    boolean[] several = new boolean[bins.size()];
    Arrays.fill(several, true);
    GradientBins sure = new GradientBins(bins, first, direct, slopes, several, 0);
    return new GradientBins(bins, first, direct, slopes, several, sure.unknown());
  }

  /** Units of flow time. */
  double span() {
    return bins.lastTime() - bins.time(from);
  }

  /** Whether it is known how many eigenvalues are at the threshold. */
  boolean isSettled() {
    return doubt == 0;
  }

  /** d log λ/dτ by the oscillation that there is, without the slope's part. */
  double asItIs(int bin) {
    double ratio = several[bin] ? 1 : StrictMath.exp(bins.logRatio(bin));
    return -bins.share(bin) * direct[bin] / (2 * ratio);
  }

  /** d log λ/dp by the oscillation that holds s, without the slope's part. */
  double asHeld(int bin) {
    return -(2 + slopes[bin]) * direct[bin] / (4 + direct[bin]);
  }

  /** The step to a bin from the one before in the flow's own clock p = τ − ½·ln s. */
  double heldStep(int bin) {
    double drift = bins.logRatio(bin) - bins.logRatio(bin - 1);
    boolean one = !several[bin] && !several[bin - 1];
    return one && !Double.isNaN(drift) ? step(bin) - drift / 2 : step(bin);
  }

  /** The step to a bin from the one before in flow time. */
  double step(int bin) {
    return bins.time(bin) - bins.time(bin - 1);
  }

  // Of several eigenvalues it is the threshold that the oscillation holds, not the one on top: they
  // take turns, and one that passed the others without any oscillation of its own drifts away.
  /** What log λ changes by to a bin from the one before. */
  double change(int bin) {
    double change = bins.logSharpness(bin) - bins.logSharpness(bin - 1);
    return several[bin] || several[bin - 1]
        ? change - bins.logRatio(bin) + bins.logRatio(bin - 1)
        : change;
  }

  /** Mean of 4/(4 + G²): by how much of itself a rate by {@link #asHeld} changes with G². */
  double heldSensitivity() {
    double sum = 0;
    for (int bin = from; bin < bins.size(); bin++) {
      sum += 4 / (4 + direct[bin]);
    }
    return sum / (bins.size() - from);
  }

  /** What ln s changes by over the bins. */
  double drift() {
    return bins.logRatio(bins.size() - 1) - bins.logRatio(from);
  }

  // While one eigenvalue is held, λ₁ takes a part of what s drifts by. Where the number of
  // eigenvalues changes, and until that is forgotten, the rate lies between those before and after.
  private double unknown() {
    double[] doubts = new double[bins.size()];
    int last = -1;
    for (int bin = from; bin < bins.size(); bin++) {
      if (!Double.isNaN(bins.direct(bin))) {
        if (last >= 0 && bins.isOfSeveral(bin) != bins.isOfSeveral(last)) {
          double half = Math.abs(asHeld(bin) - asHeld(last)) / 2;
          int forgotten = Math.min(bin + FORGETTING, bins.size());
          for (int i = last + 1; i < forgotten; i++) {
            doubts[i] = Math.max(doubts[i], half);
          }
        }
        last = bin;
      }
    }
    double mean = Arrays.stream(doubts).sum() / (bins.size() - from);
    return mean + heldSensitivity() * Math.abs(drift()) / span();
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
}
