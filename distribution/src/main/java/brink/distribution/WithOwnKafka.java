package brink.distribution;

import brink.cli.CheckedFirst;
import brink.cli.KafkaOptions;
import brink.distribution.broker.BrokerException;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.schemas.KafkaSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Executes commands, those that are given the option of an {@link OwnKafka} with a broker. */
final class WithOwnKafka implements IExecutionStrategy {
  private static final String MIXIN = "ownKafka";

  private final IExecutionStrategy runLast = new RunLast();

  /** Gives subcommands the option. */
  static void addTo(CommandLine program, List<String> subcommands, Supplier<OwnKafka> option) {
    for (String name : subcommands) {
      Objects.requireNonNull(program.getSubcommands().get(name), name)
          .addMixin(MIXIN, option.get());
    }
  }

  @Override
  public int execute(ParseResult parsed) {
    CommandLine command = parsed.asCommandLineList().getLast();
    OwnKafka own = own(command.getCommandSpec());
    Path folder = own == null ? null : own.folder();
    if (own == null || folder == null) {
      return runLast.execute(parsed);
    }
    Path data = prepared(command, own, folder);
    System.err.println("brink: starting a broker on " + folder + " for this command");
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.onAnyPort(data))) {
      kafka(command.getCommandSpec()).use(broker.bootstrapServers());
      return own.execute(
          KafkaSettings.of(broker.bootstrapServers()), () -> runLast.execute(parsed));
    } catch (BrokerException e) {
      throw new ExecutionException(command, String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable OwnKafka own(CommandSpec command) {
    CommandSpec mixin = command.mixins().get(MIXIN);
    return mixin == null ? null : (OwnKafka) mixin.userObject();
  }

  private static Path prepared(CommandLine command, OwnKafka own, Path folder) {
    try {
      Path data = own.data(folder);
      if (command.getCommandSpec().userObject() instanceof CheckedFirst checked) {
        checked.check();
      }
      return data;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
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
