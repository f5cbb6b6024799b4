package brink.monitor.cli;

import brink.monitor.catalogue.TopicReader;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.Rejected;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** What the monitor has set aside: how much, and why the newest. */
final class RejectedCheck {
  private static final String SUBJECT = "rejected";

  private long count;
  private long newest = Long.MIN_VALUE;
  private @Nullable Rejected last;

  static List<Finding> of(KafkaSettings settings) {
    RejectedCheck check = new RejectedCheck();
    try (TopicReader reader = TopicReader.open(settings, Topic.REJECTED)) {
      reader.readToEnd(check::look);
    }
    return List.of(check.finding());
  }

  void look(ConsumerRecord<byte[], byte[]> record) {
    Rejected rejected;
    try {
      rejected =
          BrinkSerdes.rejected()
              .deserializer()
              .deserialize(record.topic(), record.headers(), record.value());
    } catch (SerializationException e) {
      return; // The schema check names it.
    }
    if (rejected == null) {
      return;
    }
    count++;
    if (record.timestamp() >= newest) {
      newest = record.timestamp();
      last = rejected;
    }
  }

  Finding finding() {
    return last == null
        ? Finding.ok(SUBJECT, "no record was set aside")
        : Finding.warn(SUBJECT, text(last, count, Instant.ofEpochMilli(newest)));
  }

  private static String text(Rejected last, long count, Instant at) {
    String run = last.getRunId().isEmpty() ? "" : " of run " + last.getRunId();
    String step = last.hasStep() ? " step " + last.getStep() : "";
    return String.format(
        Locale.ROOT,
        "%,d %s set aside in %s, the newest%s%s at %s: %s (%s)",
        count,
        count == 1 ? "record was" : "records were",
        Topic.REJECTED.topicName(),
        run,
        step,
        at.truncatedTo(ChronoUnit.SECONDS),
        last.getDetail(),
        last.getReason().name().replace("REJECTION_REASON_", "").toLowerCase(Locale.ROOT));
  }
}
