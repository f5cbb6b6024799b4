package brink.bench.cli;

import brink.bench.report.LineCodec;
import brink.bench.report.RowResult;
import brink.bench.rows.Conditions;
import brink.bench.rows.JavaProcess;
import brink.bench.rows.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures rows, each in a JVM of its own, so that none disturbs the next, and so that a crash in
 * native code costs one row. Libtorch was seen to crash at its first start after being unpacked: a
 * JVM that ends by a signal is started once more.
 */
final class RowRunner {
  // A shell's and Java's way to say that a signal ended a process: 128 + its number.
  private static final int SIGNAL = 128;
  private static final int ATTEMPTS = 2;

  private final Class<?> main;
  private final Consumer<String> progress;

  /**
   * @param main class that measures a row, {@link RowProcess} unless this is a test
   * @param progress told what is being done
   */
  RowRunner(Class<?> main, Consumer<String> progress) {
    this.main = main;
    this.progress = progress;
  }

  /** Measures a row; every failure is in the result. */
  RowResult run(Row row, Conditions conditions) throws IOException {
    Path folder = Files.createTempDirectory("brink-bench-row");
    Path result = folder.resolve("lines");
    Path crash = folder.resolve("crash.log");
    try {
      int exit = attempt(row, conditions, result, crash);
      for (int attempt = 1; attempt < ATTEMPTS && exit > SIGNAL; attempt++) {
        progress.accept(row.name() + ": " + crashed(exit) + "; starting once more");
        exit = attempt(row, conditions, result, crash);
      }
      return result(row.title(conditions), exit, result, crash);
    } finally {
      Files.deleteIfExists(result);
      if (Files.notExists(crash)) {
        Files.deleteIfExists(folder);
      }
    }
  }

  private int attempt(Row row, Conditions conditions, Path result, Path crash) throws IOException {
    List<String> options = new ArrayList<>(row.jvmOptions());
    options.add("-XX:ErrorFile=" + crash);
    options.add("-Dstdout.encoding=UTF-8");
    Process process =
        JavaProcess.of(options, main, RowProcess.arguments(row.name(), conditions, result))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(line -> progress.accept(row.name() + ": " + line));
      return process.waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while measuring " + row.name(), stopped);
    } finally {
      process.destroyForcibly();
    }
  }

  private static RowResult result(String title, int exit, Path result, Path crash)
      throws IOException {
    if (exit == RowProcess.MEASURED) {
      return RowResult.measured(
          title, Files.readAllLines(result).stream().map(LineCodec::decode).toList());
    }
    if (exit == RowProcess.NOT_MEASURABLE) {
      return RowResult.notMeasured(title, Files.readString(result).strip());
    }
    if (exit > SIGNAL) {
      String report = Files.exists(crash) ? "; the JVM's report is " + crash : "";
      return RowResult.failed(title, crashed(exit) + ", twice" + report);
    }
    return RowResult.failed(title, "the JVM that measured it ended with " + exit + "; see above");
  }

  private static String crashed(int exit) {
    return "native code crashed (signal " + (exit - SIGNAL) + ")";
  }
}
