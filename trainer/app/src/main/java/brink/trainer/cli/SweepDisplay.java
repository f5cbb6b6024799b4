package brink.trainer.cli;

import brink.cli.Terminal;
import brink.trainer.descent.StepRecord;
import brink.trainer.run.RunPlan;
import brink.trainer.run.RunProgress;
import brink.trainer.sweep.FinishedRun;
import brink.trainer.sweep.FinishedRun.Ending;
import brink.trainer.sweep.SweepProgress;
import brink.trainer.sweep.SweptRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sweep's progress on standard error: a line for all of it and one for each run that goes on, or
 * a single line every ten seconds where output is no terminal. Other lines go above.
 */
final class SweepDisplay implements SweepProgress, AutoCloseable {
  private static final int TERMINAL_INTERVAL_MILLIS = 250;
  private static final int LOG_INTERVAL_MILLIS = 10_000;

  private final String group;
  private final int runs;
  private final boolean terminal;
  private final int columns;
  private final Map<SweptRun, Watched> live = new LinkedHashMap<>();
  private final Map<Ending, Integer> ended = new EnumMap<>(Ending.class);
  private final ScheduledExecutorService painter =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("brink-sweep-display").factory());
  private int painted;
  private String lastLine = "";

  /**
   * A display.
   *
   * @param runs of the sweep
   */
  SweepDisplay(String group, int runs, boolean terminal) {
    this.group = group;
    this.runs = runs;
    this.terminal = terminal;
    this.columns = Terminal.ofThisProcess().columns();
    long interval = terminal ? TERMINAL_INTERVAL_MILLIS : LOG_INTERVAL_MILLIS;
    var _ = painter.scheduleAtFixedRate(this::paint, interval, interval, TimeUnit.MILLISECONDS);
  }

  /** A run that goes on. */
  private final class Watched implements RunProgress {
    private final String label;
    private final long steps;
    private final double momentum;
    private final long begin = System.nanoTime();
    private volatile long first = -1;
    private volatile @Nullable StepRecord last;

    Watched(String label, RunPlan plan) {
      this.label = label;
      this.steps = plan.descent().steps();
      this.momentum = plan.descent().rule().momentumCoefficient();
    }

    @Override
    public void onStep(StepRecord step) {
      if (first < 0) {
        first = step.step();
      }
      last = step;
    }

    @Override
    public void note(String text) {
      SweepDisplay.this.note(text);
    }

    String line(int width) {
      StepRecord step = last;
      return new ProgressLine(label)
          .of(
              new ProgressLine.Moment(
                  Math.max(0, first),
                  done(step),
                  steps,
                  Duration.ofNanos(System.nanoTime() - begin),
                  step == null ? "" : StepText.of(step, momentum)),
              width);
    }

    String brief() {
      return "%s %d %%".formatted(label, 100 * done(last) / steps).strip();
    }

    private static long done(@Nullable StepRecord step) {
      return step == null ? 0 : step.step() + 1;
    }
  }

  @Override
  public synchronized RunProgress begin(SweptRun run, RunPlan plan) {
    Watched watched = new Watched(run.label(), plan);
    live.put(run, watched);
    return watched;
  }

  @Override
  public synchronized void end(FinishedRun run) {
    live.remove(run.run());
    ended.merge(run.ending(), 1, Integer::sum);
    if (!run.earlier()) {
      String name = run.runId() == null ? run.run().label() : run.runId();
      String detail = run.detail().isEmpty() ? "" : ": " + run.detail();
      note("%s %s (%d of %d)%s".formatted(name, words(run.ending()), count(), runs, detail));
    }
  }

  @Override
  public synchronized void note(String text) {
    clear();
    System.err.println("brink: " + text);
  }

  @Override
  public void close() {
    painter.shutdownNow();
    synchronized (this) {
      clear();
    }
  }

  private synchronized void paint() {
    if (!terminal) {
      printOnce(summary() + running());
      return;
    }
    clear();
    String summary = summary();
    List<String> lines = new ArrayList<>();
    lines.add(summary.substring(0, Math.min(summary.length(), columns - 1)));
    live.values().forEach(run -> lines.add("  " + run.line(columns - 3)));
    lines.forEach(System.err::println);
    painted = lines.size();
  }

  private void printOnce(String line) {
    if (!line.equals(lastLine)) {
      System.err.println("brink: " + line);
      lastLine = line;
    }
  }

  /** Moves the cursor up to where the lines began, and clears all below it. */
  private void clear() {
    if (painted > 0) {
      System.err.print("\u001b[" + painted + "A\r\u001b[J");
      painted = 0;
    }
  }

  private String running() {
    return live.isEmpty()
        ? ""
        : "; " + live.values().stream().map(Watched::brief).collect(Collectors.joining(", "));
  }

  private String summary() {
    String ends =
        ended.entrySet().stream()
            .map(each -> ", " + each.getValue() + " " + words(each.getKey()))
            .collect(Collectors.joining());
    return "sweep %s: %d of %d runs over%s".formatted(group, count(), runs, ends);
  }

  private int count() {
    return ended.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String words(Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
