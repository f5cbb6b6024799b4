package brink.monitor.replay;

import brink.monitor.run.RunFold;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many of a run's steps are there, of those that it had: from its first to the last that its
 * end or a step names. Not thread-safe.
 */
public final class StepCount {
  /** Stretches of steps without a gap: first to last. */
  private final NavigableMap<Long, Long> stretches = new TreeMap<>();

  private boolean isEnded;
  private long first;
  private long last = -1;

  /** Takes note of a start or an end. */
  public void heard(RunEvent event) {
    switch (event.getEventCase()) {
      case STARTED -> started(event.getStarted());
      case ENDED -> ended(event.getEnded());
      case EVENT_NOT_SET -> {}
    }
  }

  // Steps of a run that goes on from another's checkpoint begin there.
  private void started(RunStarted started) {
    isEnded &= !RunFold.isResumption(started);
    if (started.hasResumedFrom() && !RunFold.isResumption(started)) {
      first = Math.max(0, started.getResumedFrom().getStep());
    }
  }

  private void ended(RunEnded ended) {
    // As the fold does: one more end does not count.
    if (isEnded) {
      return;
    }
    isEnded = true;
    if (ended.hasLastStep() && ended.getLastStep() <= RunFold.LAST_STEP) {
      last = Math.max(last, ended.getLastStep());
    }
  }

  /** Takes note of a step that is there. */
  public void found(StepObserved step) {
    found(step.getStep());
  }

  /** The same by its number. */
  public void found(long t) {
    Map.Entry<Long, Long> before = stretches.floorEntry(t);
    if (t < 0 || t > RunFold.LAST_STEP || (before != null && before.getValue() >= t)) {
      return;
    }
    last = Math.max(last, t);
    long start = before != null && before.getValue() == t - 1 ? before.getKey() : t;
    Long end = stretches.remove(t + 1);
    stretches.put(start, end == null ? t : end);
  }

  /** Steps that the run had and that are not there. */
  public long missing() {
    long missing = last - first + 1;
    for (Map.Entry<Long, Long> stretch : stretches.entrySet()) {
      long from = Math.max(first, stretch.getKey());
      long to = Math.min(last, stretch.getValue());
      missing -= Math.max(0, to - from + 1);
    }
    return Math.max(0, missing);
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
