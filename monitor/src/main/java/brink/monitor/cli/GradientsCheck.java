package brink.monitor.cli;

import brink.monitor.catalogue.TopicReader;
import brink.monitor.replay.GradientCheck;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.StepObserved;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Whether the newest gradients are those of their steps. */
final class GradientsCheck {
  private static final String SUBJECT = "gradients";

  /** Chunks of each partition that are looked at, of 1 MiB at most. */
  private static final long SAMPLE = 20;

  /** Some seconds' reading. */
  private static final long MOST_STEPS = 1_000_000;

  private GradientsCheck() {}

  static List<Finding> of(KafkaSettings settings) {
    GradientCheck check = new GradientCheck();
    try (TopicReader reader = TopicReader.open(settings, Topic.GRADIENTS)) {
      if (reader.records() == 0) {
        return List.of(Finding.ok(SUBJECT, "none are published"));
      }
      reader.seekBeforeEnd(SAMPLE);
      reader.readToEnd(check::chunk);
    }
    try (TopicReader reader = TopicReader.open(settings, Topic.STEPS)) {
      long records = reader.records();
      if (records > MOST_STEPS) {
        return List.of(
            Finding.ok(
                SUBJECT,
                String.format(
                    Locale.ROOT,
                    "not compared, since there are %,d steps; ./brink replay --verify --run ID"
                        + " compares those of a run",
                    records)));
      }
      Deserializer<StepObserved> steps = BrinkSerdes.steps().deserializer();
      reader.readToEnd(record -> read(steps, record).ifPresent(check::step));
    }
    return List.of(finding(check));
  }

  private static Finding finding(GradientCheck check) {
    return check
        .fault()
        .map(fault -> Finding.warn(SUBJECT, fault + "; find the producer that wrote it"))
        .orElseGet(
            () ->
                Finding.ok(
                    SUBJECT,
                    check.compared() == 0
                        ? "none of the newest is complete"
                        : String.format(
                            Locale.ROOT,
                            "the newest %,d have the norms that their steps say",
                            check.compared())));
  }

  private static Optional<StepObserved> read(
      Deserializer<StepObserved> steps, ConsumerRecord<byte[], byte[]> record) {
    try {
      @Nullable StepObserved step =
          steps.deserialize(record.topic(), record.headers(), record.value());
      return Optional.ofNullable(step);
    } catch (SerializationException e) {
      return Optional.empty(); // It is in brink.rejected.
    }
  }
}
