package brink.distribution;

import brink.cli.CompletionCommand;
import brink.cli.OneLineErrors;
import brink.cli.PlainValues;
import brink.cli.ProgramVersion;
import brink.cli.StandardStreams;
import brink.cli.UsageErrors;
import brink.distribution.broker.BrokerException;
import brink.distribution.demo.DemoCommand;
import brink.distribution.sweep.SweepReport;
import brink.monitor.cli.BackfillCommand;
import brink.monitor.cli.CheckCommand;
import brink.monitor.cli.DeleteCommand;
import brink.monitor.cli.DoctorCommand;
import brink.monitor.cli.EditCommand;
import brink.monitor.cli.EndCommand;
import brink.monitor.cli.ExportCommand;
import brink.monitor.cli.ImportCommand;
import brink.monitor.cli.MonitorCommand;
import brink.monitor.cli.ReplayCommand;
import brink.monitor.cli.ReportCommand;
import brink.monitor.cli.RunsCommand;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.cli.DataCommand;
import brink.trainer.cli.HelpHeadings;
import brink.trainer.cli.ProblemDefaults;
import brink.trainer.cli.SweepCommand;
import brink.trainer.cli.TrainCommand;
import brink.trainer.data.DataException;
import brink.trainer.kernels.cuda.CudaException;
import brink.trainer.publish.RunIdTakenException;
import brink.trainer.request.OptionException;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

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
      SweepCommand.class,
      DataCommand.class,
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
      CompletionCommand.class
    })
public final class Main {
  private static final OneLineErrors ERRORS =
      new OneLineErrors(
          List.of(OptionException.class, DataException.class, RunIdTakenException.class),
          List.of(CheckpointException.class, CudaException.class, BrokerException.class));

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    StandardStreams.install();
    CommandLine program = commandLine();
    StandardStreams.writeTo(program);
    System.exit(program.execute(arguments));
  }

  /** Makes the commands; those that train are told what monitors found. */
  private static final class Commands implements IFactory {
    private final IFactory others = CommandLine.defaultFactory();

    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == TrainCommand.class) {
        return type.cast(new TrainCommand(new MonitorsVerdict()));
      }
      return type == SweepCommand.class
          ? type.cast(new SweepCommand(new SweepReport()))
          : others.create(type);
    }
  }

  /** The command line: exit codes 0, 1 failed, 2 usage; errors are one line. */
  static CommandLine commandLine() {
    CommandLine program =
        new CommandLine(new Main(), new Commands())
            .addSubcommand(new DoctorCommand(GpuFindings::ofThisMachine))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(new UsageErrors())
            .setExecutionExceptionHandler(ERRORS);
    PlainValues.registerWith(program);
    for (String training : List.of("train", "sweep", "demo")) {
      CommandSpec command =
          Objects.requireNonNull(program.getSubcommands().get(training), training).getCommandSpec();
      command.usageMessage().footer(ProblemDefaults.lines());
      HelpHeadings.apply(command);
    }
    WithOwnKafka.addTo(
        program,
        List.of(
            "runs",
            "replay",
            "report",
            "check",
            "export",
            "import",
            "end",
            "backfill",
            "edit",
            "delete",
            "doctor"),
        StoredRuns::new);
    WithOwnKafka.addTo(program, List.of("sweep"), KeptRuns::new);
    return program.setExecutionStrategy(new WithOwnKafka());
  }
}
