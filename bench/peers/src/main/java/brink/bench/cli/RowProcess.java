package brink.bench.cli;

import brink.bench.report.Line;
import brink.bench.report.LineCodec;
import brink.bench.rows.BenchRows;
import brink.bench.rows.Conditions;
import brink.bench.rows.NotMeasurableException;
import brink.bench.rows.Row;
import brink.bench.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The JVM that measures one row. Tells its progress on standard output, a line each, and leaves the
 * row's lines in a file.
 */
final class RowProcess {
  /** The row was measured. */
  static final int MEASURED = 0;

  /** This machine lacks something; what, is in the file. */
  static final int NOT_MEASURABLE = 3;

  private RowProcess() {}

  /** The arguments that {@link #main} takes. */
  static List<String> arguments(String row, Conditions conditions, Path result) {
    return List.of(
        row,
        Integer.toString(conditions.threads()),
        Boolean.toString(conditions.quick()),
        result.toString());
  }

  public static void main(String[] arguments) throws Exception {
    Thread.ofPlatform().daemon().name("parent-watch").start(RowProcess::endWithParent);
    Conditions conditions =
        new Conditions(Integer.parseInt(arguments[1]), Boolean.parseBoolean(arguments[2]));
    Row row =
        BenchRows.all().stream()
            .filter(candidate -> candidate.name().equals(arguments[0]))
            .findFirst()
            .orElseThrow();
    System.exit(measure(row, conditions, Path.of(arguments[3]), System.out::println));
  }

  /** The other end of the pipe closes when whoever started this JVM dies, however it dies. */
  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever written to it
      }
    } catch (IOException _) {
      // a broken pipe is a closed one
    }
    Runtime.getRuntime().halt(1);
  }

  private static int measure(Row row, Conditions conditions, Path result, Consumer<String> progress)
      throws Exception {
    try {
      if (row.needsPeer()) {
        progress.accept("loading libtorch");
        load(conditions.threads());
      }
      List<Line> lines = row.measure(conditions, progress);
      Files.write(result, lines.stream().map(LineCodec::encode).toList());
      return MEASURED;
    } catch (NotMeasurableException lacking) {
      write(result, String.valueOf(lacking.getMessage()));
      return NOT_MEASURABLE;
    }
  }

  private static void load(int threads) {
    try {
      Torch.load(threads);
    } catch (LinkageError missing) {
      throw new NotMeasurableException(
          "no libtorch for this platform (" + missing.getMessage() + ")");
    }
  }

  private static void write(Path result, String reason) throws IOException {
    Files.writeString(result, reason);
  }
}
