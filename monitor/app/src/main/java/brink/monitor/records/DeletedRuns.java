package brink.monitor.records;

import brink.monitor.catalogue.RecordedMessage;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.RunNote;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;

/** The runs that people deleted: of notes the newest of each run counts. */
final class DeletedRuns {
  private DeletedRuns() {}

  /** Their ids. */
  static Set<String> of(RecordStore store) {
    Deserializer<RunNote> notes = BrinkSerdes.notes().deserializer();
    Set<String> deleted = new HashSet<>();
    store.read(
        Topic.NOTES,
        record -> {
          if (record.key() != null) {
            String runId = new String(record.key(), StandardCharsets.UTF_8);
            boolean gone =
                record.value() != null
                    && RecordedMessage.of(notes, record).filter(RunNote::getDeleted).isPresent();
            var _ = gone ? deleted.add(runId) : deleted.remove(runId);
          }
        });
    return deleted;
  }
}
