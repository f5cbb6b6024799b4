package brink.trainer.publish;

import brink.schemas.Instants;
import brink.schemas.PublishException;
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
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one run: RunStarted before the first step, each step and gradient, RunEnded after the
 * last. Record timestamps never decrease, for consumers that merge the topics by time; and every
 * step of a run that went on says how often it did, so that no consumer has to. While Kafka takes
 * no records the caller waits; a step that is lost fails the run, a gradient does not. A run that
 * goes on publishes that it does, and none of the steps that Kafka has already, but their
 * gradients. For use by one thread.
 */
public final class RunPublisher implements StepListener {
  private static final Logger log = LoggerFactory.getLogger(RunPublisher.class);

  private final Producer<String, Message> producer;
  private final RunDescription run;
  private final GradientCadence gradients;
  private final Clock clock;
  private final Outage outage;
  private final LostGradients lostGradients = new LostGradients();
  private final Map<Topic, Future<RecordMetadata>> newest = new EnumMap<>(Topic.class);
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  // A broker that is well takes what is under way within milliseconds; the election of another
  // leader takes seconds.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private long lastTimestamp;
  private long lastStepTimestamp;
  private long lastStep = -1;
  private int resumption;
  private long publishNanos = -1;

  /** A publisher that logs that it waits. */
  public RunPublisher(
      Producer<String, Message> producer,
      RunDescription run,
      GradientCadence gradients,
      Clock clock,
      BooleanSupplier abandoned) {
    this(producer, run, gradients, clock, Outage.unlimited(abandoned, log::warn));
  }

  /**
   * A publisher.
   *
   * @param producer with serializers for the messages of every topic; left open unless a step is
   *     lost
   * @param outage how long the run waits for a Kafka that takes nothing
   */
  public RunPublisher(
      Producer<String, Message> producer,
      RunDescription run,
      GradientCadence gradients,
      Clock clock,
      Outage outage) {
    this.producer = producer;
    this.run = run;
    this.gradients = gradients;
    this.clock = clock;
    this.outage = outage;
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
   * The same of a run that begins where another one was.
   *
   * @param parent id of that run
   * @param step the first of this one, in that one's count
   * @throws PublishException if Kafka does not take it
   */
  public RecordMetadata startFork(String version, String parent, long step) {
    return announce(started(version, parent, step));
  }

  /**
   * Publishes that the run goes on and waits until Kafka has it. Steps that Kafka holds are not
   * published again.
   *
   * @throws PublishException if Kafka does not take it
   */
  public void resume(String version, PublishedSteps published) {
    lastStep = published.lastStep().orElse(-1);
    lastTimestamp = published.newest();
    lastStepTimestamp = published.newest();
    resumption = published.resumptions() + 1;
    var _ = announce(started(version, run.runId(), lastStep + 1));
  }

  private RunStarted started(String version, String from, long step) {
    return run.toMessage(clock.instant(), version).toBuilder()
        .setResumedFrom(ResumedFrom.newBuilder().setRunId(from).setStep(step))
        .build();
  }

  private RecordMetadata announce(RunStarted started) {
    RunEvent event = RunEvent.newBuilder().setStarted(started).build();
    advanceTimestamp();
    RecordMetadata where = await(send(Topic.RUNS, event, this::loseRun), "the start of the run");
    lastTimestamp++;
    return where;
  }

  @Override
  public void onStep(StepRecord step) {
    float @Nullable [] gradient = null;
    if (publishesGradient(step.step())) {
      gradient = new float[Math.toIntExact(step.gradient().length())];
      step.gradient().get(gradient);
    }
    publish(step, clock.instant(), gradient);
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
   * @param gradient ∇L(w_t), not used after this returns; null where it is not to be published
   */
  void publish(StepRecord step, Instant observedAt, float @Nullable [] gradient) {
    if (step.step() <= lastStep) {
      if (gradient != null) {
        publishGradient(step.step(), gradient);
      }
      return;
    }
    long begin = System.nanoTime();
    lastTimestamp = Math.max(lastTimestamp, observedAt.toEpochMilli());
    StepObserved message = StepMessage.of(run.runId(), resumption, step, observedAt, publishNanos);
    newest.put(Topic.STEPS, send(Topic.STEPS, message, this::loseRun));
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
    var _ = send(Topic.RUNS, RunEvent.newBuilder().setEnded(ended).build(), this::loseRun);
    flush();
    if (lostGradients.count() > 0) {
      outage.say(
          "run %s: %d of its steps are without their gradient in Kafka"
              .formatted(run.runId(), lostGradients.count()));
    }
  }

  /**
   * Waits until Kafka has everything.
   *
   * @throws PublishException if Kafka refused a record of the run, or takes none while the run is
   *     abandoned
   */
  public void flush() {
    flush(PATIENCE);
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
        if (outage.isOver()) {
          throw failed("all records up to step " + lastStep, unacknowledged());
        }
        outage.begin(run.runId(), lastStep);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("all records up to step " + lastStep, e);
    }
    throwIfFailed();
    outage.end(run.runId(), lastStep);
    noteLostGradient();
  }

  /** How many steps are without the gradient that was to be published. */
  long lostGradients() {
    return lostGradients.count();
  }

  /** How far the run is published. */
  public Position position() {
    return new Position(
        lastStep(), lastStepTimestamp, newest.get(Topic.STEPS), newest.get(Topic.GRADIENTS));
  }

  /** The last step that was published. */
  public OptionalLong lastStep() {
    return lastStep < 0 ? OptionalLong.empty() : OptionalLong.of(lastStep);
  }

  PublishException failed(String what, Throwable cause) {
    return PublishException.of(run.runId(), what, cause);
  }

  /** A gradient waits like a step; one that Kafka does not take is given up. */
  private void publishGradient(long step, float[] gradient) {
    Consumer<Exception> onLoss = reason -> lostGradients.add(step, reason);
    try {
      for (GradientChunk chunk :
          GradientEncoder.chunks(run.runId(), step, gradient, gradients.encoding())) {
        newest.put(Topic.GRADIENTS, send(Topic.GRADIENTS, chunk, onLoss));
      }
    } catch (PublishException e) {
      if (failure.get() != null || outage.isAbandoned()) {
        throw e;
      }
      lostGradients.add(step, e);
    }
    noteLostGradient();
  }

  private void noteLostGradient() {
    String note = lostGradients.takeNote();
    if (note != null) {
      outage.say("run " + run.runId() + ": " + note);
    }
  }

  private void advanceTimestamp() {
    lastTimestamp = Math.max(lastTimestamp, clock.millis());
  }

  /**
   * Hands a record to the producer; while its buffer is full, waits and says so.
   *
   * @param onLoss told, on any thread, if the record was taken and its delivery fails
   * @return its acknowledgement
   */
  private Future<RecordMetadata> send(Topic topic, Message message, Consumer<Exception> onLoss) {
    throwIfFailed();
    ProducerRecord<String, Message> record = record(topic, message);
    while (true) {
      switch (handOver(record, onLoss)) {
        case HandOver.Taken taken -> {
          outage.end(run.runId(), lastStep);
          return taken.acknowledgement();
        }
        case HandOver.Refused refused -> {
          throwIfFailed();
          if (!(refused.reason() instanceof TimeoutException) || outage.isOver()) {
            throw PublishException.of(
                run.runId(), "a record of " + topic.topicName(), refused.reason());
          }
          log.debug("run {}: waiting after step {}", run.runId(), lastStep, refused.reason());
          outage.begin(run.runId(), lastStep);
        }
      }
    }
  }

  /** The producer may be closed by {@link #loseRun} at any moment, and then throws. */
  private HandOver.Outcome handOver(
      ProducerRecord<String, Message> record, Consumer<Exception> onLoss) {
    try {
      return HandOver.of(producer, record, onLoss);
    } catch (KafkaException | IllegalStateException e) {
      throwIfFailed();
      throw e;
    }
  }

  /** Waits for an acknowledgement as {@link #flush} does for all. */
  private RecordMetadata await(Future<RecordMetadata> acknowledgement, String what) {
    while (true) {
      try {
        RecordMetadata where = acknowledgement.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        outage.end(run.runId(), lastStep);
        return where;
      } catch (java.util.concurrent.TimeoutException e) {
        if (outage.isOver()) {
          throw failed(what, unacknowledged());
        }
        outage.begin(run.runId(), lastStep);
      } catch (ExecutionException e) {
        throw PublishException.of(run.runId(), what, e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed(what, e);
      }
    }
  }

  private static TimeoutException unacknowledged() {
    return new TimeoutException("no broker has acknowledged them");
  }

  private ProducerRecord<String, Message> record(Topic topic, Message message) {
    return new ProducerRecord<>(topic.topicName(), null, lastTimestamp, run.runId(), message);
  }

  /**
   * A step, or the start or end of the run, was lost. Nothing that follows it may reach Kafka, or
   * the run would have a gap that no later life of it fills: the producer is closed before it sends
   * another record, which it can be on its own thread.
   */
  private void loseRun(Exception error) {
    failure.compareAndSet(null, error);
    producer.close(Duration.ZERO);
  }

  private void throwIfFailed() {
    Exception error = failure.get();
    if (error != null) {
      throw PublishException.of(run.runId(), "a record after step " + lastStep, error);
    }
  }
}
