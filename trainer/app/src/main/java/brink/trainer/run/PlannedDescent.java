package brink.trainer.run;

import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.descent.DescentRule;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.HyperparameterSchedule;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.Schedule;
import brink.trainer.flow.FlowPredictionSettings;
import brink.trainer.problem.ProblemKind;
import brink.trainer.request.DescentChoice;
import brink.trainer.request.HyperparameterChoice;
import brink.trainer.request.MeasurementChoice;
import brink.trainer.request.OptionException;
import brink.trainer.request.PredictionChoice;
import brink.trainer.request.RunRequest;
import brink.trainer.request.UpdateKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a request's weights move and what is measured of it, each value checked by its option. */
final class PlannedDescent {
  private PlannedDescent() {}

  /**
   * The settings of a request, with the problem's defaults for what it leaves open.
   *
   * @throws OptionException naming the option whose value is not allowed
   */
  static DescentSettings of(RunRequest request, ProblemKind.Defaults defaults) {
    DescentChoice choice = request.descent();
    MeasurementChoice measured = request.measurements();
    long steps = Objects.requireNonNullElse(choice.steps(), defaults.steps());
    if (steps < 1) {
      throw new OptionException("--steps must be 1 or more, found " + steps);
    }
    requireCadence("--curvature-every", measured.curvatureEvery());
    requireCadence("--evaluate-every", measured.evaluateEvery());
    requireCadence("--layers-every", measured.layersEvery());
    requireCadence("--plane-every", measured.planeEvery());
    HyperparameterSchedule schedule = schedule(choice.hyperparameters(), steps);
    FlowPredictionSettings predictions = predictions(measured.predictions());
    DescentRule rule = rule(choice);
    Hyperparameters initial =
        CheckedHyperparameters.initial(choice.hyperparameters(), defaults, rule);
    CheckedHyperparameters.check(schedule, steps, initial);
    DescentSettings unpredicted =
        new DescentSettings(
            initial,
            schedule,
            rule,
            steps,
            Objects.requireNonNullElse(measured.curvature(), defaults.curvature()),
            measured.curvatureEvery(),
            Objects.requireNonNullElse(measured.directEvery(), defaults.direct()),
            measured.evaluateEvery(),
            measured.layersEvery(),
            measured.planeEvery(),
            SharpnessSettings.DEFAULT.withSeed(request.problem().seed()),
            FlowPredictionSettings.OFF);
    try {
      return unpredicted.withPredictions(predictions);
    } catch (IllegalArgumentException e) {
      throw new OptionException("--predict-flow: " + e.getMessage());
    }
  }

  static void requireCadence(String option, int every) {
    if (every < 0) {
      throw new OptionException(option + " must not be negative, found " + every);
    }
  }

  private static HyperparameterSchedule schedule(HyperparameterChoice choice, long steps) {
    return new HyperparameterSchedule(
        schedule("--learning-rate-schedule", choice.learningRateSchedule(), steps),
        schedule("--weight-decay-schedule", choice.weightDecaySchedule(), steps));
  }

  private static Schedule schedule(String option, @Nullable String text, long steps) {
    try {
      return text == null ? Schedule.CONSTANT : Schedule.parse(text, steps);
    } catch (IllegalArgumentException e) {
      throw new OptionException(option + ": " + e.getMessage());
    }
  }

  private static FlowPredictionSettings predictions(PredictionChoice choice) {
    if (choice.every() < 0) {
      throw new OptionException("--predict-flow must not be negative, found " + choice.every());
    }
    if (!(choice.restart() >= 0)) {
      throw new OptionException(
          "--predict-flow-restart must not be negative, found " + choice.restart());
    }
    if (choice.every() == 0 && choice.restart() > 0) {
      throw new OptionException(
          "--predict-flow-restart says when predicted flows start anew; give --predict-flow, too");
    }
    return new FlowPredictionSettings(choice.every(), choice.restart());
  }

  private static DescentRule rule(DescentChoice choice) {
    double momentum = choice.momentum();
    if (!(momentum >= 0 && momentum < 1)) {
      throw new OptionException("--momentum must be from 0 to below 1, found " + momentum);
    }
    if (choice.update() == UpdateKind.GD) {
      return DescentRule.withMomentum(momentum);
    }
    if (momentum != 0) {
      throw new OptionException("--update sphere takes no --momentum");
    }
    return new DescentRule.Sphere();
  }
}
