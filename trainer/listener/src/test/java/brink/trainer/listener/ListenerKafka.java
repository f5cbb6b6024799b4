package brink.trainer.listener;

import brink.schemas.MessageSerializer;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Takes some records and refuses the rest. */
final class ListenerKafka extends MockProducer<String, Message> {
  private final int room;

  ListenerKafka(int room) {
    super(true, null, new StringSerializer(), new MessageSerializer());
    this.room = room;
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<String, Message> record, Callback callback) {
    if (history().size() >= room) {
      callback.onCompletion(null, new TimeoutException("no room"));
    }
    return super.send(record, callback);
  }

  RunStarted started() {
    return ((RunEvent) history().getFirst().value()).getStarted();
  }

  List<StepObserved> steps() {
    return history().stream()
        .map(ProducerRecord::value)
        .filter(StepObserved.class::isInstance)
        .map(StepObserved.class::cast)
        .toList();
  }
}
