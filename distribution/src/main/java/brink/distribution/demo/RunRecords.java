package brink.distribution.demo;

import brink.monitor.records.RecordStore;
import brink.monitor.records.RecordedReports;
import brink.monitor.records.RecordedReports.Reported;
import brink.monitor.records.RunStarts;
import brink.schemas.KafkaSettings;
import java.time.Instant;
import java.util.List;

/** Reads from Kafka what is recorded of one run. */
final class RunRecords {
  private RunRecords() {}

  /**
   * The run's steps, regime changes and flow.
   *
   * @param since not later than the run's first record
   */
  static Reported reported(KafkaSettings kafka, String runId, Instant since) {
    RecordStore store = RecordStore.since(kafka, since);
    return RecordedReports.of(store, RunStarts.of(store), List.of(runId)).getFirst();
  }
}
