package brink.monitor.cli;

import brink.monitor.catalogue.RecordedMessage;
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
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Whether Kafka holds all steps that the runs had, and the newest gradients are theirs. */
final class StepsCheck {
  private static final String SUBJECT = "steps";

  /** Some seconds' reading. */
  private static final long MOST_RECORDS = 1_000_000;

  private static final int NAMED = 5;

  private final Deserializer<RunEvent> events = BrinkSerdes.runs().deserializer();
  private final Deserializer<StepObserved> steps = BrinkSerdes.steps().deserializer();
  private final Map<String, StepCount> counts = new TreeMap<>();
  private final GradientsCheck gradients;

  private StepsCheck(GradientsCheck gradients) {
    this.gradients = gradients;
  }

  /** Reads the steps, once for all that is said of them. */
  static List<Finding> of(KafkaSettings settings) {
    GradientsCheck gradients = GradientsCheck.newest(settings);
    try (TopicReader reader = TopicReader.open(settings, Topic.RUNS, Topic.STEPS)) {
      long records = reader.records();
      if (records > MOST_RECORDS) {
        return List.of(
            Finding.ok(
                SUBJECT,
                String.format(
                    Locale.ROOT,
                    "not read, since there are %,d records; ./brink replay --verify --run ID counts"
                        + " the steps of a run and compares its gradients with them",
                    records)));
      }
      StepsCheck check = new StepsCheck(gradients);
      reader.readToEnd(check::look);
      List<Finding> findings = new ArrayList<>(check.findings());
      findings.add(gradients.finding());
      return findings;
    }
  }

  private void look(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    StepCount count =
        counts.computeIfAbsent(
            new String(record.key(), StandardCharsets.UTF_8), _ -> new StepCount());
    if (record.topic().equals(Topic.STEPS.topicName())) {
      RecordedMessage.of(steps, record)
          .ifPresent(
              step -> {
                count.found(step);
                gradients.step(step);
              });
    } else {
      RecordedMessage.of(events, record).ifPresent(count::heard);
    }
  }

  private List<Finding> findings() {
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
