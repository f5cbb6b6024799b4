package brink.trainer.publish;

import brink.schemas.Instants;
import brink.v1.Producer;
import brink.v1.RunStarted;
import java.time.Instant;

/**
 * What is known of a run before its first step.
 *
 * @param names what it is called
 * @param problem what is trained
 * @param descent how the weights are to move
 * @param computation on what, and how exactly
 */
public record RunDescription(
    RunNames names,
    ProblemDescription problem,
    DescentDescription descent,
    ComputationDescription computation) {
  /** Name of this producer in {@link RunStarted}. */
  private static final String PRODUCER = "brink";

  /** Key of all records of the run. */
  public String runId() {
    return names.runId();
  }

  /** The message that begins the run. */
  public RunStarted toMessage(Instant startedAt, String version) {
    RunStarted.Builder started = RunStarted.newBuilder();
    if (problem.data() != null) {
      started.setData(DataMessage.of(problem.data()));
    }
    return started
        .setRunId(names.runId())
        .setName(names.name())
        .setGroup(names.group())
        .putAllTags(names.tags())
        .setStartedAt(Instants.toTimestamp(startedAt))
        .setProducer(
            Producer.newBuilder()
                .setName(PRODUCER)
                .setVersion(version)
                .setDevice(computation.device()))
        .setProblem(problem.name())
        .setNetwork(problem.network())
        .setDataset(problem.dataset())
        .setTrainSize(problem.trainSize())
        .setDimension(problem.dimension())
        .setScaleInvariantDimension(problem.scaleInvariantDimension())
        .setLearningRate(descent.hyperparameters().learningRate())
        .setWeightDecay(descent.hyperparameters().weightDecay())
        .setPrecision(computation.precision())
        .setSeed(computation.seed())
        .setScaleInvarianceError(computation.scaleInvarianceError())
        .setPlannedSteps(descent.plannedSteps())
        .setMomentum(descent.momentum())
        .setUpdateRule(descent.rule())
        .build();
  }
}
