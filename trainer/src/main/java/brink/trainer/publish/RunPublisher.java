package brink.trainer.publish;

import brink.schemas.Topic;
import brink.schemas.gradient.GradientEncoder;
import brink.trainer.descent.StepListener;
import brink.trainer.descent.StepRecord;
import brink.v1.GradientChunk;
import brink.v1.ResumedFrom;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one run: RunStarted before the first step, each step and gradient, RunEnded after the
 * last. Record timestamps keep that order, so that a consumer that merges the topics by time sees
 * the run begin before its steps and end after them. While Kafka takes no records the caller waits;
 * a record that is not acknowledged within the delivery timeout fails the run. A run that goes on
 * publishes that it does, and none of the steps that Kafka has already, but their gradients. For
 * use by one thread.
 */
public final class RunPublisher implements StepListener {
  private static final Logger log = LoggerFactory.getLogger(RunPublisher.class);

  private final Producer<String, Message> producer;
  private final RunDescription run;
  private final GradientCadence gradients;
  private final Clock clock;
  private final BooleanSupplier abandoned;
  private final WaitNotes waiting;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  // A start counts as a millisecond older and an end as one younger; a start that follows an end
  // has to stay younger all the same.
  private static final long AFTER_END_MILLIS = 3;

  // A broker that is well takes what is under way within milliseconds; the election of another
  // leader takes seconds.
  private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(10);

  private long lastTimestamp;
  private long lastStepTimestamp;
  private long lastStep = -1;
  private long publishNanos = -1;

  /** A publisher that leaves the producer open and logs that it waits. */
  public RunPublisher(
      Producer<String, Message> producer,
      RunDescription run,
      GradientCadence gradients,
      Clock clock,
      BooleanSupplier abandoned) {
    this(producer, run, gradients, clock, abandoned, log::warn);
  }

  /**
   * A publisher that leaves the producer open.
   *
   * @param producer with serializers for the messages of every topic
   * @param abandoned when true, waiting for Kafka ends with an exception
   * @param notes told, on the caller's thread, that the run waits for Kafka and that it goes on
   */
  public RunPublisher(
      Producer<String, Message> producer,
      RunDescription run,
      GradientCadence gradients,
      Clock clock,
      BooleanSupplier abandoned,
      Consumer<String> notes) {
    this.producer = producer;
    this.run = run;
    this.gradients = gradients;
    this.clock = clock;
    this.abandoned = abandoned;
    this.waiting = new WaitNotes(run.runId(), notes);
  }

  /**
   * Publishes that the run began and waits until Kafka has it.
   *
   * @return where Kafka has put it
   * @throws PublishException if Kafka does not take it
   */
  public RecordMetadata start(String version) {
    return announce(run.toMessage(clock.instant(), version));
  }

  /**
   * Publishes that the run goes on and waits until Kafka has it. Steps that Kafka holds are not
   * published again.
   *
   * @throws PublishException if Kafka does not take it
   */
  public void resume(String version, PublishedSteps published) {
    lastStep = published.lastStep().orElse(-1);
    lastTimestamp = published.newest() + AFTER_END_MILLIS;
    lastStepTimestamp = published.newest();
    ResumedFrom from = ResumedFrom.newBuilder().setRunId(run.runId()).setStep(lastStep + 1).build();
    var _ =
        announce(run.toMessage(clock.instant(), version).toBuilder().setResumedFrom(from).build());
  }

  private RecordMetadata announce(RunStarted started) {
    RunEvent event = RunEvent.newBuilder().setStarted(started).build();
    advanceTimestamp();
    try {
      RecordMetadata where = producer.send(record(Topic.RUNS, event)).get();
      lastTimestamp++;
      return where;
    } catch (ExecutionException e) {
      throw PublishException.of(run.runId(), "the start of the run", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PublishException.of(run.runId(), "the start of the run", e);
    }
  }

  @Override
  public void onStep(StepRecord step) {
    boolean withGradient = publishesGradient(step.step());
    publish(step, clock.instant(), withGradient ? step.gradient().get() : null);
  }

  /** Whether the gradient of any step is to be published. */
  boolean publishesGradients() {
    return gradients.everySteps() > 0;
  }

  /** Whether the gradient of a step is to be published. */
  boolean publishesGradient(long step) {
    return gradients.isDue(step);
  }

  /**
   * Publishes a step, unless Kafka has it. Of such a step the gradient is published again: it lies
   * in another topic, and what was killed between the two may have left it out.
   *
   * @param observedAt when it was measured
   * @param gradient ∇L(w_t); null where it is not to be published
   */
  void publish(StepRecord step, Instant observedAt, double @Nullable [] gradient) {
    if (step.step() <= lastStep) {
      if (gradient != null) {
        publishGradient(step.step(), gradient);
      }
      return;
    }
    long begin = System.nanoTime();
    lastTimestamp = Math.max(lastTimestamp, observedAt.toEpochMilli());
    send(Topic.STEPS, StepMessage.of(run.runId(), step, observedAt, publishNanos));
    if (gradient != null) {
      publishGradient(step.step(), gradient);
    }
    lastStep = step.step();
    lastStepTimestamp = lastTimestamp;
    publishNanos = System.nanoTime() - begin;
  }

  /**
   * Publishes that the run is over and waits until Kafka has everything.
   *
   * @param reason one sentence; empty when completed
   * @throws PublishException if Kafka refused a record of the run
   */
  public void end(RunStatus status, String reason) {
    RunEnded.Builder ended =
        RunEnded.newBuilder()
            .setRunId(run.runId())
            .setStatus(status)
            .setReason(reason)
            .setEndedAt(Instants.toTimestamp(clock.instant()));
    lastStep().ifPresent(ended::setLastStep);
    advanceTimestamp();
    lastTimestamp++;
    send(Topic.RUNS, RunEvent.newBuilder().setEnded(ended).build());
    flush();
  }

  /**
   * Waits until Kafka has everything.
   *
   * @throws PublishException if Kafka refused a record of the run, or takes none while the run is
   *     abandoned
   */
  public void flush() {
    flush(FLUSH_PATIENCE);
  }

  /**
   * Waits until Kafka has everything.
   *
   * @param patience after which waiting is worth a note, and the end of an abandoned run
   */
  void flush(Duration patience) {
    Thread flushing = Thread.ofVirtual().start(producer::flush);
    try {
      while (!flushing.join(patience)) {
        if (abandoned.getAsBoolean()) {
          throw failed(
              "all records up to step " + lastStep,
              new TimeoutException("no broker has acknowledged them"));
        }
        waiting.begin(lastStep);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("all records up to step " + lastStep, e);
    }
    throwIfFailed();
    waiting.end(lastStep);
  }

  /** Record timestamp of the last step, milliseconds since 1970; 0 before the first. */
  public long lastStepTimestamp() {
    return lastStepTimestamp;
  }

  /** The last step that was published. */
  public OptionalLong lastStep() {
    return lastStep < 0 ? OptionalLong.empty() : OptionalLong.of(lastStep);
  }

  PublishException failed(String what, Throwable cause) {
    return PublishException.of(run.runId(), what, cause);
  }

  private void publishGradient(long step, double[] gradient) {
    for (GradientChunk chunk :
        GradientEncoder.chunks(run.runId(), step, gradient, gradients.encoding())) {
      send(Topic.GRADIENTS, chunk);
    }
  }

  private void advanceTimestamp() {
    lastTimestamp = Math.max(lastTimestamp, clock.millis());
  }

  /** Hands a record to the producer; while its buffer is full, waits and says so. */
  private void send(Topic topic, Message message) {
    throwIfFailed();
    ProducerRecord<String, Message> record = record(topic, message);
    Exception refusal = HandOver.of(producer, record, this::noteFailure);
    while (refusal != null) {
      if (!(refusal instanceof TimeoutException) || abandoned.getAsBoolean()) {
        throw PublishException.of(run.runId(), "a record of " + topic.topicName(), refusal);
      }
      log.debug("run {}: waiting after step {}", run.runId(), lastStep, refusal);
      waiting.begin(lastStep);
      refusal = HandOver.of(producer, record, this::noteFailure);
      throwIfFailed();
    }
    waiting.end(lastStep);
  }

  private ProducerRecord<String, Message> record(Topic topic, Message message) {
    return new ProducerRecord<>(topic.topicName(), null, lastTimestamp, run.runId(), message);
  }

  private void noteFailure(Exception error) {
    failure.compareAndSet(null, error);
  }

  private void throwIfFailed() {
    Exception error = failure.get();
    if (error != null) {
      throw PublishException.of(run.runId(), "a record after step " + lastStep, error);
    }
  }
}
