package brink.trainer.publish;

import java.util.function.Consumer;

/** Says once that a run waits for Kafka, and once that it goes on, however often it has to ask. */
final class WaitNotes {
  private final String runId;
  private final Consumer<String> notes;
  private boolean waits;

  WaitNotes(String runId, Consumer<String> notes) {
    this.runId = runId;
    this.notes = notes;
  }

  /**
   * Kafka takes nothing.
   *
   * @param lastStep that was published; −1 for none
   */
  void begin(long lastStep) {
    if (!waits) {
      waits = true;
      notes.accept(
          "run %s: no broker takes its records; training waits %s, and goes on by itself if one does before delivery.timeout.ms (2 minutes unless set) ends the run; ./brink doctor says what is wrong"
              .formatted(runId, after(lastStep)));
    }
  }

  /** Kafka takes records, as it mostly does. */
  void end(long lastStep) {
    if (waits) {
      waits = false;
      notes.accept(
          "run %s: a broker takes its records again; training goes on %s"
              .formatted(runId, after(lastStep)));
    }
  }

  private static String after(long lastStep) {
    return lastStep < 0 ? "before its first step" : "after step " + lastStep;
  }
}
