package brink.bench.detection;

import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.Arrays;
import java.util.List;

/** L(w_t) − L(midpoint) of a recorded run, averaged over a tenth of a unit of flow time. */
final class ExcessTruth {
  /** Half of the width over which is averaged, units of flow time. */
  private static final double REACH = 0.05;

  private final Trace trace;
  private final double[] sums;
  private final int[] counts;

  ExcessTruth(Trace trace, List<StepObserved> steps) {
    this.trace = trace;
    sums = new double[steps.size() + 1];
    counts = new int[steps.size() + 1];
    for (int i = 0; i < steps.size(); i++) {
      double excess = excess(steps.get(i));
      boolean known = !Double.isNaN(excess);
      sums[i + 1] = sums[i] + (known ? excess : 0);
      counts[i + 1] = counts[i] + (known ? 1 : 0);
    }
  }

  private static double excess(StepObserved step) {
    for (Sharpness sharpness : step.getSharpnessList()) {
      if (sharpness.getPoint() == SharpnessPoint.SHARPNESS_POINT_MIDPOINT && sharpness.hasLoss()) {
        return step.getLoss() - sharpness.getLoss();
      }
    }
    return Double.NaN;
  }

  /**
   * Logarithm of the mean around a flow time; NaN where none was measured or it is not positive.
   */
  double around(double time) {
    return logMean(time - REACH, time + REACH);
  }

  /** The same of the last tenth of a unit: "stays as it is". */
  double latest(double time) {
    return logMean(time - 2 * REACH, time);
  }

  private double logMean(double from, double to) {
    int first = index(from);
    int last = index(to);
    return Math.log((sums[last] - sums[first]) / (counts[last] - counts[first]));
  }

  private int index(double time) {
    int found = Arrays.binarySearch(trace.flowTime(), time);
    return found < 0 ? -found - 1 : found;
  }
}
