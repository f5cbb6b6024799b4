package brink.monitor.replay;

import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/**
 * How many of a run's steps are there, of those that it had: from its first to the last that its
 * end or a step names. Not thread-safe.
 */
public final class StepCount {
  /** Steps that are told apart; of longer runs the rest is not counted. */
  private static final int MOST = 1 << 28;

  private final BitSet seen = new BitSet();
  private long first;
  private long last = -1;
  private boolean tooLong;

  /** Takes note of a start: steps of a run that goes on from another's checkpoint begin there. */
  public void started(RunStarted started) {
    boolean ownCheckpoint =
        started.hasResumedFrom() && started.getResumedFrom().getRunId().equals(started.getRunId());
    if (started.hasResumedFrom() && !ownCheckpoint) {
      first = Math.max(0, started.getResumedFrom().getStep());
    }
  }

  /** Takes note of an end. */
  public void ended(RunEnded ended) {
    if (ended.hasLastStep()) {
      last = Math.max(last, ended.getLastStep());
    }
  }

  /** Takes note of a step that is there. */
  public void found(StepObserved step) {
    long t = step.getStep();
    last = Math.max(last, t);
    if (t >= 0 && t < MOST) {
      seen.set((int) t);
    } else {
      tooLong = true;
    }
  }

  /** Steps that the run had and that are not there; 0 where that cannot be counted. */
  public long missing() {
    if (tooLong || last >= MOST || last < first) {
      return 0;
    }
    return last - first + 1 - seen.get((int) first, (int) last + 1).cardinality();
  }

  /** What is missing, in one sentence; empty where nothing is. */
  public Optional<String> sentence() {
    long missing = missing();
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of the steps %,d to %,d are not in Kafka: the producer did not publish every"
                    + " step, records were lost, or retention has deleted them",
                missing,
                first,
                last));
  }
}
