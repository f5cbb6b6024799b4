package brink.trainer.publish;

import brink.schemas.MessageSerializer;
import com.google.protobuf.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer that refuses records with a callback, the first few of them, as Kafka's own does while
 * its buffer is full: it throws nothing, but calls back during {@code send} and returns a future
 * that has failed.
 */
final class FullProducer extends MockProducer<String, Message> {
  private final int refusals;
  private final RuntimeException refusal;
  private int refused;
  private @Nullable RuntimeException failure;
  private @Nullable Callback waiting;

  FullProducer(int refusals) {
    this(refusals, new TimeoutException("buffer is full"));
  }

  FullProducer(int refusals, RuntimeException refusal) {
    super(true, null, new StringSerializer(), new MessageSerializer());
    this.refusals = refusals;
    this.refusal = refusal;
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<String, Message> record, @Nullable Callback callback) {
    if (callback == null || (refused >= refusals && failure == null)) {
      return super.send(record, callback);
    }
    if (failure != null) {
      waiting = callback;
      return new CompletableFuture<>();
    }
    refused++;
    callback.onCompletion(null, refusal);
    return CompletableFuture.failedFuture(refusal);
  }

  int refused() {
    return refused;
  }

  /** The next record is taken, and its delivery fails when {@link #failNow} says so. */
  void failLater(RuntimeException reason) {
    failure = reason;
  }

  void failNow() {
    Callback callback = waiting;
    if (callback != null) {
      callback.onCompletion(null, failure);
    }
    waiting = null;
    failure = null;
  }
}
