package brink.trainer.cli;

import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.StepRecord;
import brink.trainer.run.RunPlan;
import brink.trainer.run.RunProgress;
import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A run's progress on standard error: a bar with step, loss, stability ratio s and time left, or a
 * line every ten seconds where output is no terminal. Other lines go above the bar.
 */
public final class ProgressDisplay implements RunProgress, AutoCloseable {
  private static final int TERMINAL_INTERVAL_MILLIS = 250;
  private static final int LOG_INTERVAL_MILLIS = 10_000;
  private static final int LOG_WIDTH = 120;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final boolean terminal;
  private final double momentum;
  private String lastLine = "";
  private final String task;
  private final long steps;
  private @Nullable ProgressBar bar;

  /** A display of a run. */
  public ProgressDisplay(String task, RunPlan plan, boolean terminal) {
    this(task, plan.descent(), plan.isResumed() || plan.isFork(), terminal);
  }

  /**
   * A display of a run with these settings.
   *
   * @param resumed whether the run does not begin at step 0: where, its first step shows
   */
  ProgressDisplay(String task, DescentSettings descent, boolean resumed, boolean terminal) {
    this.task = task;
    this.steps = descent.steps();
    this.terminal = terminal;
    this.momentum = descent.rule().momentumCoefficient();
    this.bar = resumed ? null : bar(0);
  }

  /** Time left follows from the steps since the first, not from those of earlier lives. */
  private ProgressBar bar(long first) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(steps)
        .startsFrom(first, Duration.ZERO)
        .setRenderer(new ProgressLine(task))
        .setUpdateIntervalMillis(terminal ? TERMINAL_INTERVAL_MILLIS : LOG_INTERVAL_MILLIS)
        .setConsumer(consumer())
        .build();
  }

  /** Whether the process talks to a person at a terminal. */
  public static boolean onTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  @Override
  public void onStep(StepRecord step) {
    ProgressBar shown = advance(step.step() + 1);
    shown.setExtraMessage(" " + StepText.of(step, momentum));
  }

  ProgressBar advance(long done) {
    ProgressBar shown = bar == null ? bar(done) : bar;
    bar = shown;
    return shown.stepTo(done);
  }

  /** Prints a line to standard output, above the bar. */
  public synchronized void println(String line) {
    if (terminal) {
      System.err.print(CLEAR_LINE);
    }
    System.out.println(line);
  }

  /** Prints it to standard error, above the bar. */
  @Override
  public synchronized void note(String text) {
    System.err.println((terminal ? CLEAR_LINE : "") + "brink: " + text);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private ProgressBarConsumer consumer() {
    return terminal
        ? new ConsoleProgressBarConsumer(System.err)
        : new DelegatingProgressBarConsumer(this::printOnce, LOG_WIDTH);
  }

  /** The bar repeats its last line when it closes. */
  private void printOnce(String line) {
    if (!line.equals(lastLine)) {
      System.err.println(line);
      lastLine = line;
    }
  }
}
