package brink.monitor.cli;

import brink.monitor.catalogue.TopicReader;
import brink.monitor.replay.StepCount;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Whether Kafka holds all steps that the runs had. */
final class StepsCheck {
  private static final String SUBJECT = "steps";

  /** Some seconds' reading. */
  private static final long MOST_RECORDS = 1_000_000;

  private static final int NAMED = 5;

  private final Deserializer<RunEvent> events = BrinkSerdes.runs().deserializer();
  private final Deserializer<StepObserved> steps = BrinkSerdes.steps().deserializer();
  private final Map<String, StepCount> counts = new TreeMap<>();

  static List<Finding> of(KafkaSettings settings) {
    try (TopicReader reader = TopicReader.open(settings, Topic.RUNS, Topic.STEPS)) {
      long records = reader.records();
      if (records > MOST_RECORDS) {
        return List.of(
            Finding.ok(
                SUBJECT,
                String.format(
                    Locale.ROOT,
                    "not counted, since there are %,d records; ./brink replay --run ID counts those"
                        + " of a run",
                    records)));
      }
      StepsCheck check = new StepsCheck();
      reader.readToEnd(check::look);
      return check.findings();
    }
  }

  void look(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    StepCount count =
        counts.computeIfAbsent(
            new String(record.key(), StandardCharsets.UTF_8), _ -> new StepCount());
    if (record.topic().equals(Topic.STEPS.topicName())) {
      read(steps, record).ifPresent(count::found);
    } else {
      read(events, record).ifPresent(count::heard);
    }
  }

  private static <T> Optional<T> read(
      Deserializer<T> values, ConsumerRecord<byte[], byte[]> record) {
    try {
      @Nullable T value = values.deserialize(record.topic(), record.headers(), record.value());
      return Optional.ofNullable(value);
    } catch (SerializationException e) {
      return Optional.empty(); // It is in brink.rejected.
    }
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    counts.forEach(
        (runId, count) ->
            count
                .sentence()
                .ifPresent(text -> findings.add(Finding.warn(SUBJECT, runId + ": " + text))));
    if (findings.isEmpty()) {
      return List.of(Finding.ok(SUBJECT, "all that the runs had are there"));
    }
    int more = findings.size() - NAMED;
    if (more <= 0) {
      return findings;
    }
    List<Finding> first = new ArrayList<>(findings.subList(0, NAMED));
    first.add(Finding.warn(SUBJECT, "and steps of %,d more runs".formatted(more)));
    return first;
  }
}
