package brink.bench.detection;

import brink.bench.detection.Label.Episode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rule that labels come from, written down before anything was tuned. It sees the whole record,
 * the future of every step included (docs/detection.md).
 *
 * <ul>
 *   <li>A step <em>alternates</em> if consecutive gradients point against each other (cosine below
 *       −1/2) and that is not rounding: just below s = 1 the gradient's own noise alternates, too,
 *       held up by a factor of (π/(4η_in))^¼, and α has to be three times that ({@link
 *       RoundingFloor}), and a millionth at least, below which nothing is moved.
 *   <li>An <em>onset</em> is the first alternating step that begins a burst (at least 6 of 10 steps
 *       alternate), with s at the threshold: its median over the next {@value #NEAR} steps is at
 *       least 0.9, and over the next 20/√η_in steps within [0.85, 1.6], and there are alternating
 *       steps in the second half of them: an oscillation that lasts or comes back. That time is
 *       five periods of the swelling and dying that follows an onset. A random start that is sharp
 *       for some tens of steps is none. Where a catapult cuts that time short, {@value #SHORTEST}
 *       steps at 0.9 or more are enough, but in the first {@value #START} steps of a run {@value
 *       #FEWEST} are needed. s is the larger of the one at the midpoint and the one along the last
 *       move, which sees the kinks of a ReLU that no Hessian does.
 *   <li>The <em>episode</em> goes on to the last alternating step that no catapult and no pause
 *       longer than 20/√η_in steps precedes.
 *   <li>The <em>crossing</em> is the last step before the onset at which s rose through 1.
 *   <li>A <em>catapult</em> begins at the step of an episode at which ‖w‖² first is more than one
 *       and a half times its least value of the {@value #REACH} steps before: at the edge it falls
 *       but for a few per cent.
 * </ul>
 */
final class LabelRule {
  private static final double PATIENCE = 20;
  private static final int START = 100;
  private static final int FEWEST = 50;
  private static final int NEAR = 20;
  private static final int SHORTEST = 4;
  private static final int BURST = 10;
  private static final int LEAST_OF_BURST = 6;

  /** Steps over which a rise of ‖w‖² is looked at. */
  static final int REACH = 30;

  /** Standard deviations of alternating noise that an oscillation has to be above. */
  private static final double DEVIATIONS = 3;

  /** Without weight decay s does not pass 1 at any known pace; this slow a one is allowed for. */
  private static final double SLOWEST = 1e-6;

  private static final double FLOOR = 1e-12;
  private static final int LONGEST = 5_000;
  private static final double RISE = Math.log(1.5);

  private final Trace trace;
  private final boolean[] alternates;

  private LabelRule(Trace trace) {
    this.trace = trace;
    alternates = new boolean[trace.length()];
    for (int i = 0; i < alternates.length; i++) {
      alternates[i] = trace.cosine()[i] < -0.5 && trace.angularStepSquared()[i] >= least(i);
    }
  }

  static Label label(Trace trace) {
    return new LabelRule(trace).label();
  }

  private double least(int i) {
    double held = Math.sqrt(Math.PI / (4 * Math.max(trace.intrinsicRate()[i], SLOWEST)));
    return Math.max(DEVIATIONS * DEVIATIONS * held * trace.roundingSquared()[i], FLOOR);
  }

  private Label label() {
    List<Episode> episodes = new ArrayList<>();
    List<Integer> catapults = new ArrayList<>();
    int from = 0;
    for (int onset = nextOnset(from); onset >= 0; onset = nextOnset(from)) {
      int thrown = catapultAfter(onset, from, trace.length());
      int end = lastAlternating(onset, thrown < 0 ? trace.length() : thrown);
      episodes.add(new Episode(crossingBefore(onset, from), onset, end));
      boolean ends = thrown >= 0 && end >= thrown - REACH;
      if (ends) {
        catapults.add(thrown);
      }
      from = ends ? calmAfter(thrown) : end + 1;
    }
    return new Label(episodes, catapults);
  }

  private int nextOnset(int from) {
    for (int i = from; i + FEWEST <= trace.length(); i++) {
      if (alternates[i] && bursts(i, from) && lasts(i, from)) {
        return i;
      }
    }
    return -1;
  }

  private boolean bursts(int i, int calm) {
    int thrown = catapultAfter(i, calm, i + BURST);
    return thrown < 0 ? count(i, i + BURST) >= LEAST_OF_BURST : count(i, thrown) >= SHORTEST;
  }

  private int count(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += alternates[i] ? 1 : 0;
    }
    return count;
  }

  private int patience(int i) {
    return (int) Math.min(LONGEST, PATIENCE / Math.sqrt(trace.intrinsicRate()[i]));
  }

  private boolean lasts(int from, int calm) {
    int window = Math.min(patience(from), trace.length() - from);
    int thrown = catapultAfter(from, calm, from + window);
    int last = thrown < 0 ? from + window : thrown;
    int fewest = from < START ? FEWEST : SHORTEST;
    if (last - from < fewest) {
      return false;
    }
    int to = thrown < 0 ? last : Math.max(thrown - REACH, from + fewest);
    if (thrown < 0 && count((from + to) / 2, to) == 0) {
      return false;
    }
    double near = median(from, Math.min(from + NEAR, last));
    double far = median(from, to);
    boolean cutShort = to - from < NEAR;
    return near >= 0.9 && (cutShort || (far >= 0.85 && far <= 1.6));
  }

  private double median(int from, int to) {
    double[] sorted =
        IntStream.range(from, to)
            .mapToDouble(trace::experiencedRatio)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private int lastAlternating(int onset, int limit) {
    int last = onset;
    for (int i = onset; i < limit; i++) {
      if (i - last > patience(i)) {
        break;
      }
      last = alternates[i] ? i : last;
    }
    return last;
  }

  private int crossingBefore(int onset, int from) {
    for (int i = Math.min(onset, trace.length() - 2); i > from; i--) {
      if (trace.ratio()[i] >= 1 && trace.ratio()[i - 1] < 1) {
        return i;
      }
    }
    return -1;
  }

  private int catapultAfter(int onset, int calm, int limit) {
    for (int i = onset; i < limit; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int k = Math.max(calm, i - REACH); k < i; k++) {
        least = Math.min(least, trace.logNorm()[k]);
      }
      if (trace.logNorm()[i] > least + RISE) {
        return i;
      }
    }
    return -1;
  }

  // A throw is over when ‖w‖² falls again; what it does on the way is no episode of its own.
  private int calmAfter(int thrown) {
    int i = thrown;
    while (i + 1 < trace.length() && trace.logNorm()[i + 1] > trace.logNorm()[i]) {
      i++;
    }
    return i + 1;
  }
}
