package brink.bench.detection;

import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.util.List;

/**
 * What rounding alone would make of a run's angular step: α² = η²·E‖δ‖²/‖w‖² in a series over its
 * steps, up to (1 + β)² and (1 − η_in)², which are less than a factor of four.
 *
 * <p>Where the trainer measured E‖δ‖² of its gradient, the logarithm of ‖w‖²·E‖δ‖², which scaling
 * the weights does not change, is interpolated between the measurements before and after. Where it
 * never did, the weights leave their minimum by a relative u, the roundoff of the precision, and a
 * step from there is 2u at s = 1; the passes round as much again.
 */
final class RoundingFloor {
  private static final double DOUBLE = 0x1p-53;
  private static final double SINGLE = 0x1p-24;

  /** In units of u. */
  private static final double ANGLE = 4;

  private RoundingFloor() {}

  static double[] of(Recording recording) {
    List<StepObserved> steps = recording.steps();
    double[] floor = new double[steps.size()];
    double unmeasured = Math.pow(ANGLE * roundoff(recording.started()), 2);
    int before = -1;
    int after = nextMeasured(steps, 0);
    for (int i = 0; i < floor.length; i++) {
      if (i == after) {
        before = i;
        after = nextMeasured(steps, i + 1);
      }
      floor[i] = before < 0 && after < 0 ? unmeasured : squared(steps, before, i, after);
    }
    return floor;
  }

  private static double roundoff(RunStarted started) {
    return started.getPrecision().equals("float64") ? DOUBLE : SINGLE;
  }

  private static int nextMeasured(List<StepObserved> steps, int from) {
    for (int i = from; i < steps.size(); i++) {
      if (steps.get(i).hasGradientNoiseSquared() && steps.get(i).getGradientNoiseSquared() > 0) {
        return i;
      }
    }
    return -1;
  }

  private static double squared(List<StepObserved> steps, int before, int i, int after) {
    StepObserved step = steps.get(i);
    double rate = step.getLearningRate() / step.getWeightNormSquared();
    double share = before < 0 ? 1 : after < 0 ? 0 : (double) (i - before) / (after - before);
    double early = before < 0 ? 0 : (1 - share) * Math.log(onSphere(steps.get(before)));
    double late = after < 0 ? 0 : share * Math.log(onSphere(steps.get(after)));
    return rate * rate * Math.exp(early + late);
  }

  /** E‖δ‖² of ∇L(θ). */
  private static double onSphere(StepObserved step) {
    return step.getWeightNormSquared() * step.getGradientNoiseSquared();
  }
}
