package brink.bench.detection;

import brink.bench.output.BenchProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brink bench detection}: the monitor's verdicts on labelled runs. */
@Command(
    name = "detection",
    mixinStandardHelpOptions = true,
    description =
        "Records a corpus of runs, labels them by a rule that sees their future, and scores the"
            + " monitor's verdicts on them. Exits with 1 if a run could not be recorded; a target"
            + " that was missed is in the tables only.")
public final class DetectionCommand implements Callable<Integer> {
  @Option(
      names = "--corpus",
      paramLabel = "FOLDER",
      description =
          "where the runs are kept, some 400 MB; those that are missing are recorded first"
              + " (default: ${DEFAULT-VALUE})",
      defaultValue = "bench/target/corpus")
  private Path folder = Path.of("bench/target/corpus");

  @Option(
      names = "--family",
      paramLabel = "NAME",
      split = ",",
      description = "only runs whose family begins with this; separate several by commas")
  private List<String> families = List.of();

  @Option(
      names = "--runs",
      paramLabel = "FILE",
      description = "write what was found of every run in every view there, as CSV")
  private @Nullable Path perRun;

  @Option(names = "--markdown", paramLabel = "FILE", description = "write the tables there too")
  private @Nullable Path markdown;

  @Spec private @Nullable CommandSpec spec;

  /** Runs the command by itself and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new DetectionCommand())
            .setCommandName("brink bench detection")
            .setParameterExceptionHandler(DetectionCommand::usageError)
            .execute(arguments));
  }

  private static int usageError(ParameterException error, String[] arguments) {
    error
        .getCommandLine()
        .getErr()
        .println("brink: " + error.getMessage() + "; see 'brink bench detection --help'");
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec, "picocli sets it").commandLine();
    try {
      study(line.getOut());
      return CommandLine.ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      line.getErr().println("brink: " + Objects.requireNonNull(e.getCause()).getMessage());
    } catch (FileSystemException e) {
      line.getErr().println("brink: cannot write there: " + e.getMessage());
    } catch (IOException e) {
      line.getErr().println("brink: " + e.getMessage());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private void study(PrintWriter out) throws IOException {
    DetectionStudy study;
    try (BenchProgress progress = BenchProgress.onStandardError()) {
      study = DetectionStudy.of(folder, families, progress::show);
    }
    out.print(study.render());
    out.flush();
    if (perRun != null) {
      Files.writeString(perRun, study.csv());
    }
    if (markdown != null) {
      Files.writeString(markdown, study.render());
    }
  }
}
