package brink.monitor.series;

import brink.monitor.geometry.AngularStep;
import brink.monitor.geometry.Motion;
import brink.monitor.geometry.PairMean;
import brink.monitor.geometry.SphericalStep;
import brink.v1.StepObserved;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the steps of a run by definition (docs/theory.md), for one step after the
 * other. A step without its required fields adds nothing.
 */
final class DerivedFields {
  private final Motion motion;
  private double flowTime;
  private @Nullable SphericalStep previous;
  private @Nullable SphericalStep current;

  DerivedFields(Motion motion) {
    this.motion = motion;
  }

  /** Takes the next step. */
  void take(StepObserved observed) {
    previous = current == null ? previous : current;
    current = null;
    if (!SphericalStep.isComplete(observed)) {
      return;
    }
    SphericalStep step = SphericalStep.of(observed, motion, 0);
    flowTime = step.flowTimeAfter(previous, flowTime);
    current = step;
  }

  /** τ up to and including the last step. */
  double flowTime() {
    return flowTime;
  }

  /** Hands over what follows from the last step, by field; some may not be finite. */
  void read(ObjDoubleConsumer<String> sink) {
    SphericalStep step = current;
    if (step == null) {
      return;
    }
    sink.accept("effective_learning_rate", step.effectiveLearningRate());
    sink.accept("threshold", 2 / step.alternatingLearningRate());
    sink.accept("flow_time", flowTime);
    sink.accept("angular_step_squared", step.angularStepSquared());
    sink.accept(
        "angular_step_share",
        AngularStep.share(step.angularStepSquared(), step.alternatingIntrinsicRate()));
    Double excessLoss = step.excessLoss();
    if (excessLoss != null) {
      sink.accept("excess_loss", excessLoss);
    }
    Double ratio = step.stabilityRatio();
    if (ratio != null) {
      sink.accept("stability_ratio", ratio);
      Double earlier = earlierRatio(step);
      if (earlier != null) {
        sink.accept("stability_ratio_pair_mean", PairMean.of(earlier, ratio));
      }
    }
  }

  /** s of the step directly before, taken at the same point; null where there is none. */
  private @Nullable Double earlierRatio(SphericalStep step) {
    SphericalStep before = previous;
    return before != null && step.follows(before) && isMidpoint(before) == isMidpoint(step)
        ? before.stabilityRatio()
        : null;
  }

  private static boolean isMidpoint(SphericalStep step) {
    return step.midpoint() != null;
  }
}
