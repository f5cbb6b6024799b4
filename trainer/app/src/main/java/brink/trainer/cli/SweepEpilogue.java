package brink.trainer.cli;

import brink.schemas.KafkaSettings;
import brink.trainer.sweep.FinishedRun;
import brink.trainer.sweep.SweepMeasure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a part of the program that reads verdicts says of a sweep that is over. The trainer knows
 * none: they are the monitor's.
 */
@FunctionalInterface
public interface SweepEpilogue {
  /** Says nothing. */
  SweepEpilogue NONE = (_, _, _, _) -> {};

  /**
   * How it is to be said.
   *
   * @param measure what the heat map shows
   * @param html file for the table and the map; null for none
   * @param isLeaving whether the process is about to be ended from outside, so that there is no
   *     time to wait for anything
   */
  record Presentation(SweepMeasure measure, @Nullable Path html, boolean isLeaving) {}

  /**
   * Says it.
   *
   * @throws IOException if a file cannot be written
   */
  void tell(KafkaSettings kafka, List<FinishedRun> runs, Presentation presentation, PrintWriter out)
      throws IOException;
}
