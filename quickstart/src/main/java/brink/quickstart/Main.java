package brink.quickstart;

import brink.monitor.cli.DoctorCommand;
import brink.monitor.cli.ExportCommand;
import brink.monitor.cli.MonitorCommand;
import brink.monitor.cli.ReplayCommand;
import brink.monitor.cli.RunsCommand;
import brink.quickstart.demo.DemoCommand;
import brink.trainer.cli.TrainCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code brink}: the one program. */
@Command(
    name = "brink",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    description =
        "Watches neural-network training reach the Edge of Stability and move along it, while it"
            + " happens.",
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      MonitorCommand.class,
      RunsCommand.class,
      ReplayCommand.class,
      ExportCommand.class,
      DoctorCommand.class
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
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(new OneLineErrors());
    StoredRuns.addTo(program, List.of("runs", "replay", "export", "doctor"));
    return program;
  }
}
