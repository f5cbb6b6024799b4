package brink.monitor.cli;

import brink.monitor.catalogue.TopicReader;
import brink.monitor.replay.GradientCheck;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.StepObserved;
import java.util.Locale;

/** Whether the newest gradients are those of their steps. */
final class GradientsCheck {
  private static final String SUBJECT = "gradients";

  /** Chunks of each partition that are looked at, of 1 MiB at most. */
  private static final long SAMPLE = 20;

  private final GradientCheck newest = new GradientCheck();
  private long chunks;

  private GradientsCheck() {}

  /** Reads the newest gradients. */
  static GradientsCheck newest(KafkaSettings settings) {
    GradientsCheck check = new GradientsCheck();
    try (TopicReader reader = TopicReader.open(settings, Topic.GRADIENTS)) {
      reader.seekBeforeEnd(SAMPLE);
      reader.readToEnd(
          record -> {
            check.chunks++;
            check.newest.chunk(record);
          });
    }
    return check;
  }

  /** Holds the gradient of a step, if it was read, against it. */
  void step(StepObserved step) {
    newest.step(step);
  }

  /** What came of it, once all steps were seen. */
  Finding finding() {
    if (newest.fault().isPresent()) {
      return Finding.warn(SUBJECT, newest.fault().get() + "; find the producer that wrote it");
    }
    if (newest.withoutStep() > 0) {
      return Finding.warn(
          SUBJECT,
          String.format(
              Locale.ROOT,
              "%,d of the newest belong to no step that is there; find the producer that wrote"
                  + " them",
              newest.withoutStep()));
    }
    if (newest.compared() > 0) {
      return Finding.ok(
          SUBJECT,
          String.format(
              Locale.ROOT,
              "the newest %,d have the norms that their steps say",
              newest.compared()));
    }
    return Finding.ok(SUBJECT, chunks == 0 ? "none are published" : "none of the newest is whole");
  }
}
