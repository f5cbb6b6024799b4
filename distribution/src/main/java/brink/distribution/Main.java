package brink.distribution;

import brink.distribution.demo.DemoCommand;
import brink.monitor.cli.DoctorCommand;
import brink.monitor.cli.ExportCommand;
import brink.monitor.cli.MonitorCommand;
import brink.monitor.cli.ReplayCommand;
import brink.monitor.cli.RunsCommand;
import brink.trainer.cli.PlainValues;
import brink.trainer.cli.ProblemDefaults;
import brink.trainer.cli.TrainCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code brink}: the one program. */
@Command(
    name = "brink",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    description =
        "Watches neural-network training reach the Edge of Stability and move along it, while it"
            + " happens.",
    footer =
        "%nFrom the sources, './brink bench' also measures the engine beside libtorch; see './brink"
            + " bench --help'.",
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      MonitorCommand.class,
      RunsCommand.class,
      ReplayCommand.class,
      ExportCommand.class
    })
public final class Main {
  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line: exit codes 0, 1 failed, 2 usage; errors are one line. */
  static CommandLine commandLine() {
    CommandLine program =
        new CommandLine(new Main())
            .addSubcommand(new DoctorCommand(GpuFindings::ofThisMachine))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Main::usageError)
            .setExecutionExceptionHandler(new OneLineErrors());
    PlainValues.registerWith(program);
    for (String training : List.of("train", "demo")) {
      Objects.requireNonNull(program.getSubcommands().get(training), training)
          .getCommandSpec()
          .usageMessage()
          .footer(ProblemDefaults.lines());
    }
    StoredRuns.addTo(program, List.of("runs", "replay", "export", "doctor"));
    return program;
  }

  private static int usageError(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(
        "brink: %s%s; see '%s --help'".formatted(error.getMessage(), suggestion(error), name));
    err.flush();
    return ExitCode.USAGE;
  }

  private static String suggestion(ParameterException error) {
    List<String> meant =
        error instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return meant.isEmpty() ? "" : " (did you mean " + String.join(" or ", meant) + "?)";
  }
}
