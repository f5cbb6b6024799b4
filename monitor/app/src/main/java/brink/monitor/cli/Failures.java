package brink.monitor.cli;

import brink.monitor.text.Printable;
import brink.schemas.KafkaSetupException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** Exit codes, and what a person reads when something fails: one line that says what to do. */
final class Failures {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** Runs a command's work; errors that a person can mend become one line and an exit code. */
  static int guard(CommandSpec spec, Callable<Integer> work) throws Exception {
    try {
      return work.call();
    } catch (KafkaSetupException | NoSuchElementException e) {
      return report(spec, FAILED, e);
    } catch (IllegalArgumentException e) {
      return report(spec, USAGE, e);
    } catch (IOException | UncheckedIOException e) {
      return report(spec, FAILED, e);
    }
  }

  private static int report(CommandSpec spec, int code, Exception e) {
    LOG.debug("{} failed", spec.name(), e);
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.name() + ": " + Printable.of(String.valueOf(e.getMessage())));
    err.flush();
    return code;
  }
}
