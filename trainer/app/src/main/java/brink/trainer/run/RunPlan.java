package brink.trainer.run;

import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.Problem;
import brink.trainer.flow.FlowPredictor;
import brink.trainer.landscape.Landscape;
import brink.trainer.problem.ProblemKind;
import brink.trainer.publish.ComputationDescription;
import brink.trainer.publish.DescentDescription;
import brink.trainer.publish.GradientCadence;
import brink.trainer.publish.ProblemDescription;
import brink.trainer.publish.RunDescription;
import brink.trainer.publish.RunNames;
import brink.trainer.request.OptionException;
import brink.trainer.request.PublishingChoice;
import brink.trainer.request.RunRequest;
import brink.trainer.request.Trajectory;
import brink.trainer.request.UpdateKind;
import brink.v1.UpdateRule;
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

  /** The plan of a request, with the problem's defaults for what it leaves open. */
  static RunPlan of(
      RunRequest request,
      ProblemKind.Defaults defaults,
      Problem problem,
      Clock clock,
      RandomGenerator random) {
    DescentSettings descent = PlannedDescent.of(request, defaults);
    requirePredictable(descent, problem.landscape());
    String given = request.runId();
    String runId = given != null ? checked(given) : madeUpId(problem.name(), clock, random);
    return new RunPlan(
        problem,
        descent,
        gradients(request.publishing(), problem.landscape().dimension()),
        description(request, problem, descent, runId),
        Checkpointing.NONE);
  }

  private static RunDescription description(
      RunRequest request, Problem problem, DescentSettings descent, String runId) {
    PublishingChoice publishing = request.publishing();
    return new RunDescription(
        new RunNames(
            runId,
            Objects.requireNonNullElse(publishing.name(), problem.name() + " " + problem.dataset()),
            publishing.group(),
            publishing.tags()),
        ProblemDescription.of(problem),
        new DescentDescription(
            descent.hyperparameters(),
            descent.rule().momentumCoefficient(),
            wireRule(request.descent().update()),
            descent.steps()),
        new ComputationDescription(
            problem.landscape().kernels().arithmetic(),
            problem.landscape().kernels().device(),
            request.problem().seed(),
            problem.scaleInvarianceError()));
  }

  private static UpdateRule wireRule(UpdateKind update) {
    return switch (update) {
      case GD -> UpdateRule.UPDATE_RULE_GRADIENT_DESCENT;
      case SPHERE -> UpdateRule.UPDATE_RULE_SPHERE;
    };
  }

  /**
   * The same with checkpoints.
   *
   * @throws OptionException if the run cannot go on from the checkpoint
   */
  RunPlan with(Checkpointing other) {
    return new RunPlan(problem, descent, gradients, description, other.checked(this));
  }

  /** What its steps follow from. */
  Trajectory trajectory() {
    return new Trajectory(problem, descent, description.computation().seed());
  }

  /** Whether the run goes on from a checkpoint. */
  public boolean isResumed() {
    return checkpointing.isResumed();
  }

  /** Whether it is a new run that begins with the checkpoint of another. */
  public boolean isFork() {
    return checkpointing.fork() != null;
  }

  private static String checked(String runId) {
    int length = runId.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > MAX_RUN_ID_BYTES) {
      throw new OptionException(
          "--run-id needs 1 to %d bytes, not %d".formatted(MAX_RUN_ID_BYTES, length));
    }
    return runId;
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

  private static GradientCadence gradients(PublishingChoice publishing, int dimension) {
    int every =
        Objects.requireNonNullElseGet(
            publishing.gradientsEvery(), () -> GradientCadence.defaultFor(dimension).everySteps());
    PlannedDescent.requireCadence("--gradients-every", every);
    return new GradientCadence(every, publishing.encoding());
  }

  private static String madeUpId(String problem, Clock clock, RandomGenerator random) {
    return "%s-%s-%s"
        .formatted(
            problem,
            RUN_TIME.format(clock.instant()),
            HexFormat.of().toHexDigits((short) random.nextInt()));
  }
}
