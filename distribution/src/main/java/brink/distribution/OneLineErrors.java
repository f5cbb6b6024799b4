package brink.distribution;

import brink.distribution.broker.BrokerException;
import brink.schemas.KafkaSetupException;
import brink.schemas.PublishException;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.cli.OptionException;
import brink.trainer.data.DataException;
import brink.trainer.kernels.cuda.CudaException;
import brink.trainer.publish.RunIdTakenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Failures as one line that says what to do; a stack trace only for faults of the program. */
final class OneLineErrors implements IExecutionExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(OneLineErrors.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    commandLine.getErr().println("brink: " + failure.getMessage());
    commandLine.getErr().flush();
    switch (failure) {
      case OptionException _, DataException _, RunIdTakenException _ -> {
        return ExitCode.USAGE;
      }
      case CheckpointException _,
          CudaException _,
          KafkaSetupException _,
          PublishException _,
          BrokerException _,
          IOException _,
          UncheckedIOException _ ->
          log.debug("{} failed", commandLine.getCommandName(), failure);
      default -> log.error("a fault of Brink itself in {}; please report it", parsed, failure);
    }
    return ExitCode.SOFTWARE;
  }
}
