package brink.trainer.publish;

import brink.schemas.Instants;
import brink.trainer.data.DataDescription;
import brink.v1.Producer;
import brink.v1.RunStarted;
import brink.v1.UpdateRule;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run before its first step.
 *
 * @param runId key of all its records
 * @param name for people
 * @param group name that several runs share; empty if none
 * @param tags free labels
 * @param problem for example "bn-linear"
 * @param network in words
 * @param dataset as given to the trainer
 * @param trainSize number of examples n
 * @param dimension number of weights
 * @param scaleInvariantDimension number of weights that the loss is scale-invariant in
 * @param learningRate η at the start
 * @param weightDecay λ_wd at the start
 * @param precision for example "float64"
 * @param device in words
 * @param seed of initialisation and synthetic data
 * @param scaleInvarianceError |⟨w, ∇L⟩|/(‖w‖‖∇L‖) at the first iterate
 * @param plannedSteps number of steps intended
 * @param momentum β; 0 without momentum
 * @param updateRule how the weights move
 * @param data what it trains on; null if that is not known
 */
public record RunDescription(
    String runId,
    String name,
    String group,
    Map<String, String> tags,
    String problem,
    String network,
    String dataset,
    long trainSize,
    long dimension,
    long scaleInvariantDimension,
    double learningRate,
    double weightDecay,
    String precision,
    String device,
    long seed,
    double scaleInvarianceError,
    long plannedSteps,
    double momentum,
    UpdateRule updateRule,
    @Nullable DataDescription data) {
  /** Name of this producer in {@link RunStarted}. */
  private static final String PRODUCER = "brink";

  /** A run of plain gradient descent with weight decay. */
  public RunDescription(
      String runId,
      String name,
      String group,
      Map<String, String> tags,
      String problem,
      String network,
      String dataset,
      long trainSize,
      long dimension,
      long scaleInvariantDimension,
      double learningRate,
      double weightDecay,
      String precision,
      String device,
      long seed,
      double scaleInvarianceError,
      long plannedSteps) {
    this(
        runId,
        name,
        group,
        tags,
        problem,
        network,
        dataset,
        trainSize,
        dimension,
        scaleInvariantDimension,
        learningRate,
        weightDecay,
        precision,
        device,
        seed,
        scaleInvarianceError,
        plannedSteps,
        0,
        UpdateRule.UPDATE_RULE_GRADIENT_DESCENT,
        null);
  }

  /** The message that begins the run. */
  public RunStarted toMessage(Instant startedAt, String version) {
    RunStarted.Builder started = RunStarted.newBuilder();
    if (data != null) {
      started.setData(DataMessage.of(data));
    }
    return started
        .setRunId(runId)
        .setName(name)
        .setGroup(group)
        .putAllTags(tags)
        .setStartedAt(Instants.toTimestamp(startedAt))
        .setProducer(Producer.newBuilder().setName(PRODUCER).setVersion(version).setDevice(device))
        .setProblem(problem)
        .setNetwork(network)
        .setDataset(dataset)
        .setTrainSize(trainSize)
        .setDimension(dimension)
        .setScaleInvariantDimension(scaleInvariantDimension)
        .setLearningRate(learningRate)
        .setWeightDecay(weightDecay)
        .setPrecision(precision)
        .setSeed(seed)
        .setScaleInvarianceError(scaleInvarianceError)
        .setPlannedSteps(plannedSteps)
        .setMomentum(momentum)
        .setUpdateRule(updateRule)
        .build();
  }
}
