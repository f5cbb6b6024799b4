package brink.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brink.bench.report.Line;
import brink.bench.report.LineCodec;
import brink.bench.report.RowResult;
import brink.bench.report.Unit;
import brink.bench.rows.BenchRows;
import brink.bench.rows.Conditions;
import brink.bench.rows.Row;
import brink.bench.statistics.SampleSpread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowRunnerTest {
  private static final int SEGMENTATION_FAULT = 128 + 11;
  private static final Line LINE =
      Line.information("λ₁ of a row", SampleSpread.exactly(2), Unit.NUMBER);
  private static final Row ROW = BenchRows.all().getFirst();

  private final List<String> progress = new ArrayList<>();

  private RowResult run(Class<?> main) throws IOException {
    return new RowRunner(main, progress::add).run(ROW, new Conditions(1, true));
  }

  @Test
  void run_rowThatMeasures_hasItsLines() throws IOException {
    RowResult result = run(Measures.class);
    assertThat(result.lines()).containsExactly(LINE);
    assertThat(result.isWrong()).isFalse();
    assertThat(progress).containsExactly(ROW.name() + ": halfway to λ₁");
  }

  @Test
  void run_crashAtTheFirstStart_startsOnceMoreAndSaysSo() throws IOException {
    RowResult result = run(CrashesOnce.class);
    assertThat(result.lines()).containsExactly(LINE);
    assertThat(progress).singleElement().asString().contains("signal 11").contains("once more");
  }

  @Test
  void run_crashAtBothStarts_failsAndNamesTheSignal() throws IOException {
    RowResult result = run(Crashes.class);
    assertThat(result.isWrong()).isTrue();
    assertThat(result.reason()).contains("signal 11").contains("twice");
  }

  @Test
  void run_exception_failsWithoutAnotherStart() throws IOException {
    RowResult result = run(Fails.class);
    assertThat(result.isWrong()).isTrue();
    assertThat(result.reason()).contains("ended with 1");
    assertThat(progress).isEmpty();
  }

  @Test
  void run_machineThatLacksSomething_isNotMeasured() throws IOException {
    RowResult result = run(Lacks.class);
    assertThat(result.isWrong()).isFalse();
    assertThat(result.reason()).isEqualTo("no libtorch");
  }

  private static Path resultOf(String... arguments) {
    return Path.of(arguments[3]);
  }

  /** A row that goes well. */
  static final class Measures {
    public static void main(String[] arguments) throws IOException {
      System.out.println("halfway to λ₁");
      Files.write(resultOf(arguments), List.of(LineCodec.encode(LINE)));
    }
  }

  /** Ends like a crash in native code, unless its result is there already. */
  static final class CrashesOnce {
    public static void main(String[] arguments) throws IOException {
      if (Files.notExists(resultOf(arguments))) {
        Files.createFile(resultOf(arguments));
        Runtime.getRuntime().halt(SEGMENTATION_FAULT);
      }
      Files.write(resultOf(arguments), List.of(LineCodec.encode(LINE)));
    }
  }

  /** Ends like a crash in native code. */
  static final class Crashes {
    public static void main(String[] arguments) {
      Runtime.getRuntime().halt(SEGMENTATION_FAULT);
    }
  }

  /** Ends with an error of Java's. */
  static final class Fails {
    public static void main(String[] arguments) {
      System.exit(1);
    }
  }

  /** Lacks something. */
  static final class Lacks {
    public static void main(String[] arguments) throws IOException {
      Files.writeString(resultOf(arguments), "no libtorch");
      System.exit(RowProcess.NOT_MEASURABLE);
    }
  }
}
