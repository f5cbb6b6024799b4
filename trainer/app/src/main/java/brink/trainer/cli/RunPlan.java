package brink.trainer.cli;

import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.HyperparameterSchedule;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.Problem;
import brink.trainer.descent.UpdateRule;
import brink.trainer.flow.FlowPredictionSettings;
import brink.trainer.flow.FlowPredictor;
import brink.trainer.landscape.Landscape;
import brink.trainer.publish.GradientCadence;
import brink.trainer.publish.RunDescription;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A run that is ready to start.
 *
 * @param problem what is trained
 * @param descent how
 * @param gradients which gradients are published
 * @param description what is published before the first step
 * @param checkpointing where checkpoints are written, and which one the run goes on from
 */
public record RunPlan(
    Problem problem,
    DescentSettings descent,
    GradientCadence gradients,
    RunDescription description,
    Checkpointing checkpointing) {
  /** Longer ids are refused by the monitor, whose state per run is bounded. */
  private static final int MAX_RUN_ID_BYTES = 200;

  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** The plan that the options say, with the problem's defaults for what they leave open. */
  static RunPlan of(
      TrainOptions options,
      ProblemKind.Defaults defaults,
      Problem problem,
      String dataset,
      Clock clock,
      RandomGenerator random) {
    DescentSettings descent = descent(options, defaults);
    requirePredictable(descent, problem.landscape());
    String runId =
        options.runId != null ? checked(options.runId) : madeUpId(problem.name(), clock, random);
    return new RunPlan(
        problem,
        descent,
        gradients(options, problem.landscape().dimension()),
        new RunDescription(
            runId,
            options.name != null ? options.name : problem.name() + " " + dataset,
            options.group,
            options.tags,
            problem.name(),
            problem.network(),
            problem.dataset(),
            problem.trainSize(),
            problem.landscape().dimension(),
            problem.scaleInvariantDimension(),
            descent.hyperparameters().learningRate(),
            descent.hyperparameters().weightDecay(),
            problem.landscape().kernels().arithmetic(),
            problem.landscape().kernels().device(),
            options.seed,
            problem.scaleInvarianceError(),
            descent.steps(),
            descent.rule().momentumCoefficient(),
            options.descent.wireRule(),
            problem.data()),
        Checkpointing.NONE);
  }

  /**
   * The same with checkpoints.
   *
   * @throws OptionException if the run cannot go on from the checkpoint
   */
  RunPlan with(Checkpointing other) {
    return new RunPlan(problem, descent, gradients, description, other.checked(this));
  }

  /** Whether the run goes on from a checkpoint. */
  public boolean isResumed() {
    return checkpointing.isResumed();
  }

  private static String checked(String runId) {
    int length = runId.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > MAX_RUN_ID_BYTES) {
      throw new OptionException(
          "--run-id needs 1 to %d bytes, not %d".formatted(MAX_RUN_ID_BYTES, length));
    }
    return runId;
  }

  private static DescentSettings descent(TrainOptions options, ProblemKind.Defaults defaults) {
    long steps = Objects.requireNonNullElse(options.steps, defaults.steps());
    if (steps < 1) {
      throw new OptionException("--steps must be 1 or more, found " + steps);
    }
    requireCadence("--curvature-every", options.curvatureEvery);
    requireCadence("--evaluate-every", options.evaluateEvery);
    requireCadence("--layers-every", options.descent.layersEvery);
    HyperparameterSchedule schedule = options.descent.schedule(steps);
    FlowPredictionSettings predictions = options.descent.predictions();
    UpdateRule rule = options.descent.rule();
    Hyperparameters initial = HyperparameterOptions.initial(options, defaults, rule);
    HyperparameterOptions.check(schedule, steps, initial);
    DescentSettings unpredicted =
        new DescentSettings(
            initial,
            schedule,
            rule,
            steps,
            Objects.requireNonNullElse(options.curvature, defaults.curvature()),
            options.curvatureEvery,
            Objects.requireNonNullElse(options.directEvery, defaults.direct()),
            options.evaluateEvery,
            options.descent.layersEvery,
            SharpnessSettings.DEFAULT.withSeed(options.seed),
            FlowPredictionSettings.OFF);
    try {
      return unpredicted.withPredictions(predictions);
    } catch (IllegalArgumentException e) {
      throw new OptionException("--predict-flow: " + e.getMessage());
    }
  }

  private static void requireCadence(String option, int every) {
    if (every < 0) {
      throw new OptionException(option + " must not be negative, found " + every);
    }
  }

  private static void requirePredictable(DescentSettings descent, Landscape landscape) {
    if (descent.predictions().on()) {
      try {
        FlowPredictor.requireSmall(landscape);
      } catch (IllegalArgumentException e) {
        throw new OptionException("--predict-flow: " + e.getMessage());
      }
    }
  }

  private static GradientCadence gradients(TrainOptions options, int dimension) {
    int every =
        options.gradientsEvery != null
            ? options.gradientsEvery
            : GradientCadence.defaultFor(dimension).everySteps();
    requireCadence("--gradients-every", every);
    return new GradientCadence(every, options.gradientEncoding.encoding);
  }

  private static String madeUpId(String problem, Clock clock, RandomGenerator random) {
    return "%s-%s-%s"
        .formatted(
            problem,
            RUN_TIME.format(clock.instant()),
            HexFormat.of().toHexDigits((short) random.nextInt()));
  }
}
