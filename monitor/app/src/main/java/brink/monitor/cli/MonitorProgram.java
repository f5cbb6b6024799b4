package brink.monitor.cli;

import brink.cli.CompletionCommand;
import brink.cli.OneLineErrors;
import brink.cli.PlainValues;
import brink.cli.ProgramVersion;
import brink.cli.StandardStreams;
import brink.cli.UsageErrors;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code brink} where it watches and reads runs that others train: no trainer, no broker. */
@Command(
    name = "brink",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    description = {
      "Watches neural-network training reach the Edge of Stability and move along it, while it"
          + " happens.",
      "This is the monitor alone; 'train' and 'demo' come with the whole of Brink."
    },
    subcommands = {
      MonitorCommand.class,
      RunsCommand.class,
      ReplayCommand.class,
      ReportCommand.class,
      CheckCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      EndCommand.class,
      BackfillCommand.class,
      EditCommand.class,
      DeleteCommand.class,
      DoctorCommand.class,
      CompletionCommand.class
    })
public final class MonitorProgram {
  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    StandardStreams.install();
    CommandLine program = commandLine();
    StandardStreams.writeTo(program);
    System.exit(program.execute(arguments));
  }

  /** The command line: exit codes 0, 1 failed, 2 usage; errors are one line. */
  static CommandLine commandLine() {
    CommandLine program =
        new CommandLine(new MonitorProgram())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(new UsageErrors())
            .setExecutionExceptionHandler(new OneLineErrors(List.of(), List.of()));
    PlainValues.registerWith(program);
    return program;
  }
}
