package brink.distribution.demo;

import brink.monitor.records.RunEnding;
import brink.schemas.KafkaSettings;
import brink.v1.RunStatus;
import java.time.InstantSource;

/** Ends the run that a killed demo left open. */
final class InterruptedRuns {
  private static final String REASON =
      "interrupted: the process ended without a word (killed, or the machine went down)";

  private InterruptedRuns() {}

  /** Marks a run as failed if it has begun and not ended, and says whether it did. */
  static boolean end(KafkaSettings kafka, String runId, InstantSource clock) {
    RunEnding ending = new RunEnding(kafka, clock);
    boolean open = ending.open(runId).isPresent();
    if (open) {
      ending.end(runId, ending.trace(runId), RunStatus.RUN_STATUS_FAILED, REASON);
    }
    return open;
  }
}
