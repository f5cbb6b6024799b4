package brink.monitor.report;

import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.List;
import java.util.Optional;

/**
 * What the stability ratio s = η̃·λ₁/2 did in a run that never was at the edge.
 *
 * @param measured number of steps with sharpness
 * @param above number of those with s above 1
 * @param firstAbove the first of them; −1 if there is none
 * @param last s at the last of the measured steps
 */
public record RatioOutsideEdge(int measured, int above, long firstAbove, double last) {
  /** At the midpoints if the steps, which are in order, have them, else at the iterates. */
  public static Optional<RatioOutsideEdge> of(List<StepObserved> steps, double momentum) {
    return of(steps, momentum, SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
        .or(() -> of(steps, momentum, SharpnessPoint.SHARPNESS_POINT_ITERATE));
  }

  private static Optional<RatioOutsideEdge> of(
      List<StepObserved> steps, double momentum, SharpnessPoint point) {
    int measured = 0;
    int above = 0;
    long firstAbove = -1;
    double last = Double.NaN;
    for (StepObserved step : steps) {
      Optional<Double> scaled = EdgePairs.scaledSharpness(step, point);
      if (scaled.isPresent()) {
        measured++;
        last = scaled.get() / (2 * (1 + momentum));
        if (last > 1) {
          firstAbove = above == 0 ? step.getStep() : firstAbove;
          above++;
        }
      }
    }
    return measured == 0
        ? Optional.empty()
        : Optional.of(new RatioOutsideEdge(measured, above, firstAbove, last));
  }
}
