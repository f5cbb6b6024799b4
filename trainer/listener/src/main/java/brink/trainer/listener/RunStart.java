package brink.trainer.listener;

import brink.schemas.Instants;
import brink.trainer.listener.network.TrainedArray;
import brink.v1.Producer;
import brink.v1.RunStarted;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.factory.Nd4j;

/** What is published of a DL4J training before its first step. */
final class RunStart {
  /** Not the trainer's own name: nobody but the user's program ends such a run. */
  private static final String PRODUCER = "brink-dl4j";

  /** The monitor takes ids of up to 200 bytes. */
  private static final int LONGEST_NAME = 100;

  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private RunStart() {}

  static String madeUpId(BrinkListenerOptions options, Clock clock, RandomGenerator random) {
    String name = options.name().replaceAll("[^A-Za-z0-9._-]+", "-");
    return "%s-%s-%s"
        .formatted(
            name.substring(0, Math.min(LONGEST_NAME, name.length())),
            RUN_TIME.format(clock.instant()),
            HexFormat.of().toHexDigits((short) random.nextInt()));
  }

  /**
   * The message, as far as is known.
   *
   * @param weights of the observed parameters at the first iteration
   * @param gradient likewise
   */
  static RunStarted message(
      String runId,
      BrinkListenerOptions options,
      ObservedNetwork network,
      double[] weights,
      double[] gradient,
      Instant now) {
    SgdUpdate rule = network.updateRule();
    if (!Double.isFinite(rule.learningRate())) {
      throw new IllegalStateException(
          network.deviation() + ", which has no learning rate; every step of a run has one");
    }
    RunStarted.Builder started =
        RunStarted.newBuilder()
            .setRunId(runId)
            .setName(options.name())
            .setGroup(options.group())
            .putAllTags(options.tags())
            .setStartedAt(Instants.toTimestamp(now))
            .setProducer(producer())
            .setProblem("dl4j")
            .setNetwork(network.describe())
            .setDataset(options.dataset())
            .setDimension(TrainedArray.totalLength(network.trained()))
            .setScaleInvariantDimension(network.scaleInvariantDimension())
            .setScaleInvarianceError(StepMeter.scaleInvarianceError(weights, gradient))
            .setLearningRate(rule.learningRate())
            .setWeightDecay(rule.weightDecay())
            .setPrecision(network.precision());
    if (options.trainSize() != null) {
      started.setTrainSize(options.trainSize());
    }
    return started.build();
  }

  private static Producer producer() {
    String version =
        Objects.requireNonNullElse(
            RunStart.class.getPackage().getImplementationVersion(), "development");
    return Producer.newBuilder()
        .setName(PRODUCER)
        .setVersion(version)
        .setDevice(Nd4j.getBackend().getClass().getSimpleName())
        .build();
  }
}
