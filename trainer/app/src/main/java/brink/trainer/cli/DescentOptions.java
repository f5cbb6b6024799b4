package brink.trainer.cli;

import brink.trainer.descent.HyperparameterSchedule;
import brink.trainer.descent.Schedule;
import brink.trainer.descent.UpdateRule;
import brink.trainer.flow.FlowPredictionSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the weights move. */
public final class DescentOptions {
  @Option(
      names = "--learning-rate-schedule",
      paramLabel = "SCHEDULE",
      description =
          "constant, steps:1000=0.1,2000=x0.5, linear:to=0.01 or cosine:to=0.01,over=5000; each may"
              + " have ,warmup=100 (default: constant)")
  public @Nullable String learningRateSchedule;

  @Option(
      names = "--weight-decay-schedule",
      paramLabel = "SCHEDULE",
      description = "likewise for weight decay (default: constant)")
  public @Nullable String weightDecaySchedule;

  @Option(
      names = "--momentum",
      paramLabel = "β",
      description = "heavy ball: v ← βv + ∇L + λw, w ← w − ηv (default: ${DEFAULT-VALUE})",
      defaultValue = "0")
  public double momentum;

  /** Update rules. */
  public enum UpdateName {
    GD("gd"),
    SPHERE("sphere");

    private final String text;

    UpdateName(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Option(
      names = "--update",
      paramLabel = "RULE",
      description =
          "gd, or sphere: projected gradient descent on the unit sphere, where the learning rate is"
              + " the effective one (default: ${DEFAULT-VALUE})",
      defaultValue = "gd")
  public UpdateName update = UpdateName.GD;

  @Option(
      names = "--layers-every",
      paramLabel = "N",
      description =
          "measure norms and sharpness of single layers every N steps; 0 never (default: 100)",
      defaultValue = "100")
  public int layersEvery;

  @Option(
      names = "--predict-flow",
      paramLabel = "N",
      description =
          "small problems: every N steps, compare training with the sharpness-reduction flow and"
              + " the central flow; 0 never (default: ${DEFAULT-VALUE})",
      defaultValue = "0")
  public int predictFlow;

  @Option(
      names = "--predict-flow-restart",
      paramLabel = "τ",
      description =
          "start these flows anew after so much flow time; 0 at the entries of the edge only"
              + " (default: ${DEFAULT-VALUE})",
      defaultValue = "0")
  public double predictFlowRestart;

  /** The schedules of a run of so many steps. */
  HyperparameterSchedule schedule(long steps) {
    return new HyperparameterSchedule(
        parse("--learning-rate-schedule", learningRateSchedule, steps),
        parse("--weight-decay-schedule", weightDecaySchedule, steps));
  }

  private static Schedule parse(String option, @Nullable String text, long steps) {
    try {
      return text == null ? Schedule.CONSTANT : Schedule.parse(text, steps);
    } catch (IllegalArgumentException e) {
      throw new OptionException(option + ": " + e.getMessage());
    }
  }

  /**
   * When flows are predicted.
   *
   * @throws OptionException if that makes no sense
   */
  FlowPredictionSettings predictions() {
    if (predictFlow < 0) {
      throw new OptionException("--predict-flow must not be negative, found " + predictFlow);
    }
    if (!(predictFlowRestart >= 0)) {
      throw new OptionException(
          "--predict-flow-restart must not be negative, found " + predictFlowRestart);
    }
    if (predictFlow == 0 && predictFlowRestart > 0) {
      throw new OptionException(
          "--predict-flow-restart says when predicted flows start anew; give --predict-flow, too");
    }
    return new FlowPredictionSettings(predictFlow, predictFlowRestart);
  }

  /**
   * The update rule.
   *
   * @throws OptionException if there is none like that
   */
  UpdateRule rule() {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new OptionException("--momentum must be from 0 to below 1, found " + momentum);
    }
    if (update == UpdateName.GD) {
      return UpdateRule.withMomentum(momentum);
    }
    if (momentum != 0) {
      throw new OptionException("--update sphere takes no --momentum");
    }
    return new UpdateRule.Sphere();
  }

  /** The same for Kafka. */
  brink.v1.UpdateRule wireRule() {
    return update == UpdateName.GD
        ? brink.v1.UpdateRule.UPDATE_RULE_GRADIENT_DESCENT
        : brink.v1.UpdateRule.UPDATE_RULE_SPHERE;
  }
}
