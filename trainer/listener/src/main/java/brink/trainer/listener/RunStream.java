package brink.trainer.listener;

import brink.schemas.PublishException;
import brink.schemas.Topic;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The records of one run on their way to Kafka, in an order that their timestamps keep. Unlike the
 * trainer's own publisher it does not wait while Kafka takes no records; a record that was not
 * taken fails the next one. For use by one thread.
 */
final class RunStream implements AutoCloseable {
  /** As long as Kafka's clients wait for a broker. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(15);

  /** How long an ending run waits for Kafka to take what it has not taken yet. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Producer<String, Message> producer;
  private final String runId;
  private final Clock clock;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private long lastTimestamp;

  /**
   * @param producer closed with this
   */
  RunStream(Producer<String, Message> producer, String runId, Clock clock) {
    this.producer = producer;
    this.runId = runId;
    this.clock = clock;
  }

  /**
   * Hands over the start of the run and waits until Kafka has it.
   *
   * @throws PublishException if it was not taken
   */
  void start(RunStarted started) {
    try {
      send(Topic.RUNS, RunEvent.newBuilder().setStarted(started).build())
          .get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw PublishException.of(runId, "the start of the run", e.getCause());
    } catch (TimeoutException e) {
      throw PublishException.of(runId, "the start of the run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PublishException.of(runId, "the start of the run", e);
    }
    lastTimestamp++;
  }

  /**
   * Hands over a step.
   *
   * @throws PublishException if this record or one before was not taken
   */
  void step(StepObserved step) {
    var _ = send(Topic.STEPS, step);
    throwIfFailed();
  }

  /**
   * Hands over the end of the run, waits for what Kafka has not taken yet, and closes.
   *
   * @throws PublishException if a record was not taken
   */
  void end(RunEnded ended) {
    lastTimestamp++;
    var _ = send(Topic.RUNS, RunEvent.newBuilder().setEnded(ended).build());
    close();
    throwIfFailed();
  }

  private Future<RecordMetadata> send(Topic topic, Message message) {
    throwIfFailed();
    lastTimestamp = Math.max(lastTimestamp, clock.millis());
    return producer.send(
        new ProducerRecord<>(topic.topicName(), null, lastTimestamp, runId, message),
        (_, error) -> {
          if (error != null) {
            failure.compareAndSet(null, error);
          }
        });
  }

  private void throwIfFailed() {
    Exception error = failure.get();
    if (error != null) {
      throw PublishException.of(runId, "a record", error);
    }
  }

  /** Closes without waiting for anything. */
  void abandon() {
    producer.close(Duration.ZERO);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
