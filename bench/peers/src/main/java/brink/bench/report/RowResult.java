package brink.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one row of the comparison came to.
 *
 * @param title of the row
 * @param lines in order; empty where nothing was measured
 * @param reason why it was not measured, or not to the end; null if it was
 * @param failed whether that reason is a failure, and not just something this machine lacks
 */
public record RowResult(String title, List<Line> lines, @Nullable String reason, boolean failed) {
  public RowResult {
    lines = List.copyOf(lines);
  }

  /** A row that was measured. */
  public static RowResult measured(String title, List<Line> lines) {
    return new RowResult(title, lines, null, false);
  }

  /** A row for which this machine lacks something. */
  public static RowResult notMeasured(String title, String reason) {
    return new RowResult(title, List.of(), reason, false);
  }

  /** A row that failed. */
  public static RowResult failed(String title, String reason) {
    return new RowResult(title, List.of(), reason, true);
  }

  /** Whether it failed or one of its checks did. */
  public boolean isWrong() {
    return failed || lines.stream().anyMatch(line -> line.verdict() == Line.Verdict.WRONG);
  }
}
