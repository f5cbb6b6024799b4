package brink.trainer.cli;

import brink.schemas.KafkaSettings;

/**
 * What a part of the program that reads verdicts says of a run that is over. The trainer knows
 * none: they are the monitor's.
 */
@FunctionalInterface
public interface RunEpilogue {
  /** Says nothing. */
  RunEpilogue NONE = (_, _, _) -> "";

  /**
   * A sentence, or nothing.
   *
   * @param isLeaving whether the process is about to be ended from outside, so that there is no
   *     time to wait for anything
   */
  String of(KafkaSettings kafka, String runId, boolean isLeaving);
}
