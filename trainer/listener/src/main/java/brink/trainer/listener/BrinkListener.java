package brink.trainer.listener;

import brink.schemas.BootstrapServers;
import brink.schemas.Instants;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.RunEnded;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a Deeplearning4j training to Kafka as a run of Brink:
 *
 * <pre>{@code
 * try (var brink = BrinkListener.publishTo("localhost:9092", "my-run")) {
 *   model.addListeners(brink);
 *   model.fit(data, epochs);
 * }
 * }</pre>
 *
 * <p>Each iteration is a step: the loss of its batch without the penalties of the configuration,
 * the norms of weights and gradient, together and layer by layer, the cosine of consecutive
 * gradients, the curvature Δg·Δw/‖Δw‖² along the last move, η and λ_wd. Sharpness is not measured.
 * The weights are those that the loss is scale-invariant in because batch normalization follows; if
 * there are none, all that are trained. How well the loss is scale-invariant in them is measured at
 * the first iteration and published with the run.
 *
 * <p>Brink's theory is about full-batch gradient descent: with minibatches losses and gradients are
 * those of different batches, and cosine and curvature are dominated by that. The equations hold
 * for DL4J's {@code Sgd} updater, with L2 or weight decay; another one is named in the run and
 * told. Norms are computed on the host, which costs two copies of the observed weights a step.
 *
 * <p>A failure of Kafka or of the measurement never breaks the training, unless {@link
 * BrinkListenerOptions#failing} asks for that: it is told in one line and publishing ends. What the
 * listener has to tell goes to SLF4J, and to standard error where SLF4J has no provider. For one
 * model, trained by one thread.
 */
public final class BrinkListener extends BaseTrainingListener implements AutoCloseable {
  private final BrinkListenerOptions options;
  private final String runId;
  private final Clock clock;
  private final Notices notices;
  private final BatchWatch batches;
  private @Nullable RunStream stream;
  private @Nullable ObservedNetwork network;
  private @Nullable StepMeter meter;
  private long steps;
  private boolean finite = true;

  BrinkListener(
      BrinkListenerOptions options,
      Supplier<Producer<String, Message>> connection,
      Clock clock,
      RandomGenerator random,
      Notices notices) {
    this.options = options;
    this.clock = clock;
    this.notices = notices;
    batches = new BatchWatch(options.trainSize());
    runId = options.runId() != null ? options.runId() : RunStart.madeUpId(options, clock, random);
    try {
      stream = new RunStream(connection.get(), runId, clock);
    } catch (RuntimeException e) {
      giveUp(e);
    }
  }

  /**
   * A listener that publishes to a Kafka without authentication; nothing is thrown if there is
   * none. Waits until Kafka has its topics: some tenths of a second, three seconds for each address
   * where nothing answers, and 15 seconds at the most for a broker that does not.
   *
   * @param bootstrapServers {@code host:port,…}
   * @param name of the run, for people
   */
  public static BrinkListener publishTo(String bootstrapServers, String name) {
    return publish(BrinkListenerOptions.of(KafkaSettings.of(bootstrapServers), name));
  }

  /**
   * A listener with other options.
   *
   * @throws brink.schemas.KafkaSetupException if the options ask for failing and Kafka cannot be
   *     used
   */
  public static BrinkListener publish(BrinkListenerOptions options) {
    return new BrinkListener(
        options,
        () -> connect(options.kafka()),
        Clock.systemUTC(),
        RandomGenerator.getDefault(),
        Notices.ofProgram());
  }

  private static Producer<String, Message> connect(KafkaSettings kafka) {
    BootstrapServers.requireListening(kafka);
    TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
    return new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer());
  }

  /** Id of the run, by which the monitor knows it. */
  public String runId() {
    return runId;
  }

  /** Whether steps are published, or will be when the training begins. */
  public boolean isPublishing() {
    return stream != null;
  }

  /** DL4J calls this where it begins to go through an iterator of batches. */
  @Override
  public void onEpochStart(Model model) {
    batches.beginEpoch();
  }

  /** DL4J calls this where an iterator of batches has no more. */
  @Override
  public void onEpochEnd(Model model) {
    batches.endEpoch();
  }

  /** Publishes one step; DL4J calls this before it updates the parameters. */
  @Override
  public void onGradientCalculation(Model model) {
    RunStream open = stream;
    if (open == null) {
      return;
    }
    try {
      publish(open, model);
    } catch (RuntimeException e) {
      giveUp(e);
    }
  }

  private void publish(RunStream open, Model model) {
    if (network == null || meter == null) {
      network = ObservedNetwork.of(model);
      meter = new StepMeter(network.observed());
    }
    double[] weights = network.weights();
    double[] gradient = network.gradient();
    if (steps == 0) {
      open.start(RunStart.message(runId, options, network, weights, gradient, clock.instant()));
      tell(network);
    }
    warnOfBatches(network);
    SgdUpdate rule = network.updateRule();
    double loss = network.loss();
    StepObserved.Builder step =
        StepObserved.newBuilder()
            .setRunId(runId)
            .setStep(steps)
            .setObservedAt(Instants.toTimestamp(clock.instant()))
            .setLoss(loss)
            .setLearningRate(rule.learningRate())
            .setWeightDecay(rule.weightDecay());
    meter.measure(weights, gradient, step);
    open.step(step.build());
    finite = Double.isFinite(loss);
    steps++;
  }

  private void tell(ObservedNetwork observed) {
    notices.tell(
        runId,
        "published to %s; observed are loss, norms, gradient cosine and curvature along the last move of %s; sharpness is not measured"
            .formatted(options.kafka().bootstrapServers(), observed.describeObserved()));
    if (!observed.isNormalized()) {
      notices.warn(
          runId,
          "no weights go straight to batch normalization; all trained ones are observed, and"
              + " Brink's equations do not hold for them");
    }
    if (!observed.deviation().isEmpty()) {
      notices.warn(
          runId,
          observed.deviation()
              + "; Brink's equations hold for the updater Sgd with L2 or weight decay only");
    }
    if (!observed.isUniform()) {
      notices.warn(
          runId,
          "learning rates or weight decays differ; the published ones are those of "
              + observed.observed().getFirst().layer());
    }
    if (!observed.repeatedDecay().isEmpty()) {
      notices.warn(
          runId,
          observed.repeatedDecay()
              + ", and the sum is published; DL4J's global weightDecay(…) reaches every layer"
              + " twice, l2(…) and the weightDecay(…) of a layer's own builder once");
    }
  }

  private void warnOfBatches(ObservedNetwork observed) {
    String sign = batches.step(observed.network().model().batchSize());
    if (sign != null) {
      notices.warn(
          runId,
          "steps are of minibatches (%s); Brink's equations are those of full batches: gradient cosine and curvature are mostly the noise of the batches here"
              .formatted(sign));
    }
  }

  /** Ends the run: publishes that it is over and waits some seconds for what is on its way. */
  @Override
  public void close() {
    RunStream open = stream;
    stream = null;
    if (open == null) {
      return;
    }
    try (open) {
      if (steps > 0) {
        open.end(ended());
        notices.tell(runId, steps == 1 ? "1 step is published" : steps + " steps are published");
      }
    } catch (RuntimeException e) {
      giveUp(e);
    }
  }

  private RunEnded ended() {
    RunEnded.Builder ended =
        RunEnded.newBuilder()
            .setRunId(runId)
            .setLastStep(steps - 1)
            .setStatus(finite ? RunStatus.RUN_STATUS_COMPLETED : RunStatus.RUN_STATUS_DIVERGED)
            .setEndedAt(Instants.toTimestamp(clock.instant()));
    if (!finite) {
      ended.setReason("the loss is not finite at step " + (steps - 1));
    }
    return ended.build();
  }

  private void giveUp(RuntimeException reason) {
    RunStream open = stream;
    stream = null;
    if (open != null) {
      open.abandon();
    }
    if (options.isFailing()) {
      throw reason;
    }
    notices.warn(
        runId,
        "%s, training goes on: %s"
            .formatted(
                steps == 0 ? "nothing is published" : "not published from step " + steps + " on",
                reason.getMessage()));
  }
}
