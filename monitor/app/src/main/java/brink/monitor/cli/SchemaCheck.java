package brink.monitor.cli;

import brink.monitor.catalogue.TopicReader;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaRightException;
import brink.schemas.KafkaSettings;
import brink.schemas.ProtobufSerde;
import brink.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Whether the newest records of each topic are the messages that they should be. */
final class SchemaCheck {
  /** Records of each partition that are looked at. */
  private static final long SAMPLE = 20;

  private final Topic topic;
  private final Deserializer<?> values;
  private long good;
  private final List<String> bad = new ArrayList<>();

  private SchemaCheck(Topic topic) {
    this.topic = topic;
    this.values = serde(topic).deserializer();
  }

  static List<Finding> sample(KafkaSettings settings) {
    List<Finding> findings = new ArrayList<>();
    for (Topic topic : Topic.all()) {
      SchemaCheck check = new SchemaCheck(topic);
      try (TopicReader reader = TopicReader.open(settings, topic)) {
        reader.seekBeforeEnd(SAMPLE);
        reader.readToEnd(check::look);
        findings.add(check.finding());
      } catch (KafkaRightException e) {
        findings.add(
            Finding.warn(check.subject(), "not checked, since this user may not read the topic"));
      }
    }
    return findings;
  }

  private void look(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (values.deserialize(record.topic(), record.headers(), record.value()) != null) {
        good++;
      }
    } catch (SerializationException e) {
      bad.add(record.partition() + "@" + record.offset());
    }
  }

  private String subject() {
    return "schema " + topic.name().toLowerCase(Locale.ROOT);
  }

  private Finding finding() {
    String subject = subject();
    if (bad.isEmpty()) {
      return Finding.ok(
          subject, good == 0 ? "no records yet" : "the newest %d records parse".formatted(good));
    }
    return Finding.warn(
        subject,
        "%d of the newest %d records are not a %s, for example %s; find the producer that wrote them, the monitor sets them aside"
            .formatted(
                bad.size(), bad.size() + good, topic.messageType().getFullName(), bad.getFirst()));
  }

  private static ProtobufSerde<?> serde(Topic topic) {
    return switch (topic) {
      case RUNS -> BrinkSerdes.runs();
      case STEPS -> BrinkSerdes.steps();
      case GRADIENTS -> BrinkSerdes.gradients();
      case REGIMES -> BrinkSerdes.regimes();
      case FLOW -> BrinkSerdes.flow();
      case REJECTED -> BrinkSerdes.rejected();
      case NOTES -> BrinkSerdes.notes();
    };
  }
}
