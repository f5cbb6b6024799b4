package brink.monitor.run;

import brink.v1.RunStarted;
import java.util.Optional;

/** Values that cannot be in a run's start. */
final class ImpossibleStart {
  private ImpossibleStart() {}

  /** The first such value in words. */
  static Optional<String> of(RunStarted started) {
    double momentum = started.getMomentum();
    if (!(momentum >= 0 && momentum < 1)) {
      return Optional.of("momentum is " + momentum + "; it is at least 0 and below 1");
    }
    return notNegative("learning_rate", started.getLearningRate())
        .or(() -> notNegative("weight_decay", started.getWeightDecay()))
        .or(() -> notNegative("train_size", started.getTrainSize()))
        .or(() -> notNegative("dimension", started.getDimension()))
        .or(() -> notNegative("scale_invariant_dimension", started.getScaleInvariantDimension()))
        .or(() -> notNegative("planned_steps", started.getPlannedSteps()));
  }

  private static Optional<String> notNegative(String field, double value) {
    return value >= 0 && Double.isFinite(value)
        ? Optional.empty()
        : Optional.of(field + " is " + value + "; it is finite and not negative");
  }

  private static Optional<String> notNegative(String field, long value) {
    return value >= 0
        ? Optional.empty()
        : Optional.of(field + " is " + value + "; it is not negative");
  }
}
