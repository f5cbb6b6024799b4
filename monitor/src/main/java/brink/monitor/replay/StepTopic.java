package brink.monitor.replay;

import brink.monitor.catalogue.TopicReader;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads brink.steps from a time on to its present end. */
public final class StepTopic {
  private StepTopic() {}

  /**
   * Hands over every record of every partition.
   *
   * @param timestamp where to begin, milliseconds
   */
  public static void read(
      KafkaSettings kafka, long timestamp, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    try (TopicReader reader = TopicReader.open(kafka, Topic.STEPS)) {
      reader.seekTo(Math.max(0, timestamp));
      reader.readToEnd(action);
    }
  }
}
