package brink.bench.output;

import brink.trainer.cli.ProgressDisplay;
import java.io.PrintStream;

/** What is being done: one line that is rewritten on a terminal, a line each elsewhere. */
public final class BenchProgress implements AutoCloseable {
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream stream;
  private final boolean terminal;

  BenchProgress(PrintStream stream, boolean terminal) {
    this.stream = stream;
    this.terminal = terminal;
  }

  /** On standard error, so that standard output holds the table alone. */
  public static BenchProgress onStandardError() {
    return new BenchProgress(System.err, ProgressDisplay.onTerminal());
  }

  /** Shows what is being done now. */
  public void show(String what) {
    if (terminal) {
      stream.print(ERASE + "brink bench: " + what);
      stream.flush();
    } else {
      stream.println("brink bench: " + what);
    }
  }

  @Override
  public void close() {
    if (terminal) {
      stream.print(ERASE);
      stream.flush();
    }
  }
}
