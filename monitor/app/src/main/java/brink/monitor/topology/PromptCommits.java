package brink.monitor.topology;

import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit before the commit interval is over when there is a verdict or a rejection to
 * tell: nobody reads it before.
 *
 * <p>A commit writes the states of all runs that went on since the last one, so it waits the longer
 * the more of them there are: with thousands of runs some verdict is always there to be told.
 */
final class PromptCommits implements RunObserver {
  static final Duration TICK = Duration.ofMillis(100);

  /** Runs of one task whose states make a commit wait for one more tick. */
  static final int STATES_A_TICK = 50;

  private final ProcessorContext<?, ?> context;
  private final RunStates runs;

  /** Commits before the one that something waits for; −1 before anything was told. */
  private long toldAfter = -1;

  private int ticks;

  private PromptCommits(ProcessorContext<?, ?> context, RunStates runs) {
    this.context = context;
    this.runs = runs;
  }

  /** Watches a task for as long as it lives. */
  static PromptCommits schedule(ProcessorContext<?, ?> context, RunStates runs) {
    PromptCommits commits = new PromptCommits(context, runs);
    Cancellable _ = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> commits.tick());
    return commits;
  }

  @Override
  public void onRegimeChanged(RegimeChanged change) {
    told();
  }

  @Override
  public void onRejected(Rejected rejected) {
    told();
  }

  private void told() {
    if (toldAfter != runs.commits()) {
      toldAfter = runs.commits();
      ticks = 0;
    }
  }

  private void tick() {
    if (toldAfter == runs.commits() && ++ticks * STATES_A_TICK > runs.changed()) {
      context.commit();
    }
  }
}
