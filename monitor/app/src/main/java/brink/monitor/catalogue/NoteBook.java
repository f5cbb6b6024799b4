package brink.monitor.catalogue;

import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.KafkaTrouble;
import brink.schemas.MessageSerializer;
import brink.schemas.Topic;
import brink.v1.RunNote;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes notes about runs to brink.notes; every monitor reads them there. */
public final class NoteBook implements NoteWriter, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaSettings kafka;
  private @Nullable KafkaProducer<String, Message> producer;

  /** A book that connects to Kafka with its first note. */
  public NoteBook(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  @Override
  public void write(String runId, @Nullable RunNote note) {
    try {
      var _ =
          connected()
              .send(new ProducerRecord<>(Topic.NOTES.topicName(), runId, note))
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw KafkaTrouble.exception(
          kafka, "write the note", e, KafkaRight.of(AclOperation.WRITE, Topic.NOTES));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaSetupException("interrupted before Kafka had the note", e);
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(PATIENCE);
    }
  }

  private synchronized KafkaProducer<String, Message> connected() {
    KafkaProducer<String, Message> known = producer;
    if (known == null) {
      known =
          new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer());
      producer = known;
    }
    return known;
  }
}
