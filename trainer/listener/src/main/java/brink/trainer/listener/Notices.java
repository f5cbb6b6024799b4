package brink.trainer.listener;

import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * How the listener speaks to the person whose program trains: through the program's log, or on
 * standard error where the program has none, since nobody would hear it otherwise.
 *
 * @param news what one should know
 * @param trouble what one should do something about
 */
record Notices(Consumer<String> news, Consumer<String> trouble) {
  /** Those of this program. */
  static Notices ofProgram() {
    if (!hasLog()) {
      Consumer<String> error = line -> System.err.println("brink: " + line);
      return new Notices(error, error);
    }
    var log = LoggerFactory.getLogger(BrinkListener.class);
    return new Notices(log::info, log::warn);
  }

  /** Whether SLF4J has a provider; one that was chosen because it is silent is one, too. */
  private static boolean hasLog() {
    return !(LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory)
        || ServiceLoader.load(SLF4JServiceProvider.class).stream().findAny().isPresent();
  }

  void tell(String runId, String line) {
    news.accept("run " + runId + ": " + line);
  }

  void warn(String runId, String line) {
    trouble.accept("run " + runId + ": " + line);
  }
}
