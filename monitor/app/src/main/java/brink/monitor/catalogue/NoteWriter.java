package brink.monitor.catalogue;

import brink.v1.RunNote;
import org.jspecify.annotations.Nullable;

/** Where notes about runs go. */
@FunctionalInterface
public interface NoteWriter {
  /**
   * Replaces the note of a run, and returns when it is safe.
   *
   * @param note null to take it away
   * @throws brink.schemas.KafkaSetupException if Kafka does not take it
   */
  void write(String runId, @Nullable RunNote note);
}
