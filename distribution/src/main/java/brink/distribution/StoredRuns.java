package brink.distribution;

import brink.cli.CheckedFirst;
import brink.cli.KafkaOptions;
import brink.distribution.broker.BrokerException;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Lets the commands that read runs work on the folder that {@code brink demo --data-dir} left, with
 * a broker of their own for as long as they take.
 */
final class StoredRuns {
  private static final String MIXIN = "storedRuns";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "read the runs that 'demo --data-dir DIR' kept, instead of a running Kafka")
  private @Nullable Path dataDir;

  private StoredRuns() {}

  /** Gives these subcommands the option. */
  static void addTo(CommandLine program, List<String> subcommands) {
    for (String name : subcommands) {
      Objects.requireNonNull(program.getSubcommands().get(name), name)
          .addMixin(MIXIN, new StoredRuns());
    }
    program.setExecutionStrategy(new WithBroker());
  }

  private static final class WithBroker implements IExecutionStrategy {
    private final IExecutionStrategy runLast = new RunLast();

    @Override
    public int execute(ParseResult parsed) {
      List<CommandLine> commands = parsed.asCommandLineList();
      CommandSpec command = commands.getLast().getCommandSpec();
      CommandSpec mixin = command.mixins().get(MIXIN);
      if (mixin == null || ((StoredRuns) mixin.userObject()).dataDir == null) {
        return runLast.execute(parsed);
      }
      Path data = ((StoredRuns) mixin.userObject()).dataDir.resolve("kafka");
      if (!Files.isDirectory(data)) {
        throw new ParameterException(
            commands.getLast(),
            "no runs in %s; 'brink demo --data-dir DIR' makes such a folder"
                .formatted(data.getParent()));
      }
      check(commands.getLast());
      System.err.println("brink: starting a broker on " + data.getParent() + " for this command");
      try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.onAnyPort(data))) {
        kafka(command).use(broker.bootstrapServers());
        return runLast.execute(parsed);
      } catch (BrokerException e) {
        throw new ExecutionException(commands.getLast(), String.valueOf(e.getMessage()), e);
      }
    }

    private static void check(CommandLine command) {
      if (command.getCommandSpec().userObject() instanceof CheckedFirst checked) {
        try {
          checked.check();
        } catch (IllegalArgumentException e) {
          throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
      }
    }

    private static KafkaOptions kafka(CommandSpec command) {
      return command.mixins().values().stream()
          .map(CommandSpec::userObject)
          .filter(KafkaOptions.class::isInstance)
          .map(KafkaOptions.class::cast)
          .findFirst()
          .orElseThrow();
    }
  }
}
