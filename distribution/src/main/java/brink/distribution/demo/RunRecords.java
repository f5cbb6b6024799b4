package brink.distribution.demo;

import brink.monitor.catalogue.TopicReader;
import brink.monitor.report.RunReport;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.schemas.ProtobufSerde;
import brink.schemas.Topic;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads from Kafka what is recorded of one run. */
final class RunRecords {
  private final KafkaSettings kafka;
  private final byte[] key;
  private final long since;

  private RunRecords(KafkaSettings kafka, String runId, Instant since) {
    this.kafka = kafka;
    this.key = runId.getBytes(StandardCharsets.UTF_8);
    this.since = since.toEpochMilli();
  }

  /**
   * The run's steps, regime changes and flow.
   *
   * @param since not later than the run's first record
   */
  static RunReport report(KafkaSettings kafka, String runId, Instant since) {
    RunRecords records = new RunRecords(kafka, runId, since);
    return new RunReport(
        records.read(Topic.STEPS, BrinkSerdes.steps()),
        records.read(Topic.REGIMES, BrinkSerdes.regimes()),
        records.read(Topic.FLOW, BrinkSerdes.flow()),
        records.read(Topic.RUNS, BrinkSerdes.runs()).stream()
            .mapToDouble(event -> event.getStarted().getMomentum())
            .max()
            .orElse(0));
  }

  private <T extends Message> List<T> read(Topic topic, ProtobufSerde<T> serde) {
    List<T> messages = new ArrayList<>();
    try (TopicReader reader = TopicReader.open(kafka, topic)) {
      reader.seekTo(since);
      reader.readToEnd(
          record -> {
            if (Arrays.equals(record.key(), key)) {
              messages.add(
                  serde
                      .deserializer()
                      .deserialize(record.topic(), record.headers(), record.value()));
            }
          });
    }
    return messages;
  }
}
