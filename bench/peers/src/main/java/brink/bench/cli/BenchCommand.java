package brink.bench.cli;

import brink.bench.detection.DetectionCommand;
import brink.bench.output.BenchProgress;
import brink.bench.report.Machine;
import brink.bench.report.Report;
import brink.bench.report.RowResult;
import brink.bench.rows.BenchRows;
import brink.bench.rows.Conditions;
import brink.bench.rows.Row;
import brink.bench.torch.Torch;
import brink.cli.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brink bench}: the engine beside its peers on the user's own machine. */
@Command(
    name = "brink bench",
    subcommands = DetectionCommand.class,
    mixinStandardHelpOptions = true,
    versionProvider = BenchCommand.Versions.class,
    description =
        "Measures the engine beside libtorch (same weights, same data, results compared), the cost"
            + " of sharpness, of publishing, and memory, and prints a table. Exits with 1 if a"
            + " result was wrong or a row failed; a target that was missed is in the table only.")
public final class BenchCommand implements Callable<Integer> {
  /** What {@code --version} prints. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"brink " + Version.current(), Torch.version()};
    }
  }

  /** Names of the rows, for the help. */
  static final class RowNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return BenchRows.all().stream().map(Row::name).iterator();
    }
  }

  @Option(
      names = "--rows",
      paramLabel = "ROW",
      split = ",",
      completionCandidates = RowNames.class,
      description = "which rows: ${COMPLETION-CANDIDATES} (default: all)")
  private @Nullable List<String> names;

  @Option(
      names = "--quick",
      description = "small problems and few repetitions: shows that it works, not how fast it is")
  private boolean quick;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of both sides (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--markdown", paramLabel = "FILE", description = "write the table there too")
  private @Nullable Path markdown;

  @Spec private @Nullable CommandSpec spec;

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line: exit codes 0, 1 failed, 2 usage; errors are one line. */
  static CommandLine commandLine() {
    return new CommandLine(new BenchCommand())
        .setParameterExceptionHandler(
            (error, _) -> {
              error
                  .getCommandLine()
                  .getErr()
                  .println("brink: " + error.getMessage() + "; see 'brink bench --help'");
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() throws IOException {
    if (threads < 1) {
      throw usage("--threads must be at least 1, not " + threads);
    }
    Conditions conditions = new Conditions(threads, quick);
    List<String> remarks = remarks();
    List<RowResult> results = new ArrayList<>();
    try (BenchProgress progress = BenchProgress.onStandardError()) {
      RowRunner runner = new RowRunner(RowProcess.class, progress::show);
      for (Row row : chosen()) {
        results.add(runner.run(row, conditions));
      }
    }
    Report report = new Report(remarks, results);
    out().print(report.render());
    out().flush();
    if (markdown != null) {
      Files.writeString(markdown, report.render());
    }
    return report.isWrong() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  private List<String> remarks() {
    return List.of(
        "%s, %s, %s".formatted(LocalDate.now(ZoneOffset.UTC), Machine.describe(), Machine.load()),
        "%d threads on both sides, %s, OMP_WAIT_POLICY=%s"
            .formatted(threads, Torch.version(), System.getenv("OMP_WAIT_POLICY")),
        quick
            ? "--quick: small problems and few repetitions, so that targets say nothing"
            : "medians [quartiles] of rounds in which everything compared ran in turn");
  }

  private List<Row> chosen() {
    if (names == null) {
      return BenchRows.all();
    }
    List<Row> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(
          BenchRows.all().stream()
              .filter(row -> row.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      usage(
                          "no row %s; there are %s"
                              .formatted(name, String.join(", ", new RowNames())))));
    }
    return rows;
  }

  private PrintWriter out() {
    return parsed().getOut();
  }

  private ParameterException usage(String message) {
    return new ParameterException(parsed(), message);
  }

  private CommandLine parsed() {
    return Objects.requireNonNull(spec, "picocli sets it").commandLine();
  }
}
