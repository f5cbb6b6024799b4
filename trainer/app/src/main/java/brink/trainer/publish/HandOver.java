package brink.trainer.publish;

import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Handing one record to a producer. Kafka's producer does not throw when it cannot take a record,
 * because its buffer is full or it knows no broker: it calls back on the caller's own thread before
 * {@code send} returns. Such a record was not taken and may be handed over again; one that fails
 * later was taken and lost.
 */
final class HandOver implements Callback {
  private final Thread caller = Thread.currentThread();
  private final Consumer<Exception> onLoss;
  private boolean returned;
  private @Nullable Exception refusal;

  private HandOver(Consumer<Exception> onLoss) {
    this.onLoss = onLoss;
  }

  /** What became of a record that was handed over. */
  sealed interface Outcome {}

  /**
   * The producer has it.
   *
   * @param acknowledgement where Kafka has put it, once it has
   */
  record Taken(Future<RecordMetadata> acknowledgement) implements Outcome {}

  /**
   * The producer did not take it.
   *
   * @param reason as Kafka's client gives it
   */
  record Refused(Exception reason) implements Outcome {}

  /**
   * Hands over a record.
   *
   * @param onLoss told, on any thread, if the record was taken and its delivery fails
   */
  static <K, V> Outcome of(
      Producer<K, V> producer, ProducerRecord<K, V> record, Consumer<Exception> onLoss) {
    HandOver handOver = new HandOver(onLoss);
    Future<RecordMetadata> acknowledgement = producer.send(record, handOver);
    handOver.returned = true;
    Exception refusal = handOver.refusal;
    return refusal == null ? new Taken(acknowledgement) : new Refused(refusal);
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception error) {
    if (error == null) {
      return;
    }
    if (Thread.currentThread().equals(caller) && !returned) {
      refusal = error;
    } else {
      onLoss.accept(error);
    }
  }
}
