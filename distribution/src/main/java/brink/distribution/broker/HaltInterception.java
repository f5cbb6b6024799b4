package brink.distribution.broker;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Kafka from ending the process that embeds it. On a fatal error Kafka's server calls its own
 * {@code Exit}, a hook for the whole JVM: with several brokers in a JVM the one started last is
 * told.
 */
final class HaltInterception implements AutoCloseable {
  /** Unwinds the thread that wanted to end the process. */
  private static final class Halt extends RuntimeException {
    Halt(int status, @Nullable String message) {
      super(message == null ? "status %d, reason in the log".formatted(status) : message);
    }
  }

  private final CompletableFuture<Throwable> halted = new CompletableFuture<>();

  private HaltInterception() {}

  static HaltInterception install() {
    HaltInterception interception = new HaltInterception();
    Exit.setExitProcedure(interception::halt);
    Exit.setHaltProcedure(interception::halt);
    return interception;
  }

  /** Completes when Kafka's server gives up. */
  CompletableFuture<Throwable> halted() {
    return halted;
  }

  @Override
  public void close() {
    Exit.resetExitProcedure();
    Exit.resetHaltProcedure();
  }

  private void halt(int status, @Nullable String message) {
    Halt halt = new Halt(status, message);
    halted.complete(halt);
    throw halt;
  }
}
