package brink.cli;

import brink.schemas.KafkaSetupException;
import brink.schemas.PublishException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Failures as one line that says what to do; a stack trace only for faults of the program. */
public final class OneLineErrors implements IExecutionExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(OneLineErrors.class);

  /** What any program meets: Kafka and files. */
  private static final List<Class<? extends Exception>> OF_ANY_PROGRAM =
      List.of(
          KafkaSetupException.class,
          PublishException.class,
          IOException.class,
          UncheckedIOException.class);

  private final List<Class<? extends Exception>> usage;
  private final List<Class<? extends Exception>> known;

  /**
   * Errors of a program.
   *
   * @param usage what its user gave wrong; exit code 2
   * @param known what else may happen to it, beside trouble with Kafka and files; exit code 1
   */
  public OneLineErrors(
      List<Class<? extends Exception>> usage, List<Class<? extends Exception>> known) {
    this.usage = List.copyOf(usage);
    this.known = Stream.concat(OF_ANY_PROGRAM.stream(), known.stream()).toList();
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    commandLine.getErr().println("brink: " + failure.getMessage());
    commandLine.getErr().flush();
    if (isOneOf(usage, failure)) {
      return ExitCode.USAGE;
    }
    if (isOneOf(known, failure)) {
      log.debug("{} failed", commandLine.getCommandName(), failure);
    } else {
      log.error("a fault of Brink itself in {}; please report it", parsed, failure);
    }
    return ExitCode.SOFTWARE;
  }

  private static boolean isOneOf(List<Class<? extends Exception>> types, Exception failure) {
    return types.stream().anyMatch(type -> type.isInstance(failure));
  }
}
