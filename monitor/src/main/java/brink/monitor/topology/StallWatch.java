package brink.monitor.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which runs fell silent, by the monitor's wall clock.
 *
 * <p>This is kept apart from the fold: a replay has no wall clock. Only the verdict "stalled" is
 * stored; the time of the last event starts anew with the process, so a monitor that was away does
 * not call runs silent that it did not listen to.
 */
final class StallWatch {
  private final KeyValueStore<String, byte[]> stalled;
  private final Duration after;
  private final Map<String, Long> lastEvent = new HashMap<>();

  StallWatch(KeyValueStore<String, byte[]> stalled, Duration after) {
    this.stalled = stalled;
    this.after = after;
  }

  /** Listens to a run from now on, unless it is known to be silent. */
  void watch(String runId, long now) {
    if (stalled.get(runId) == null) {
      lastEvent.put(runId, now);
    }
  }

  /**
   * Takes note of an event.
   *
   * @return whether the run was silent until now
   */
  boolean heard(String runId, long now) {
    boolean known = lastEvent.put(runId, now) != null;
    return !known && stalled.delete(runId) != null;
  }

  /** Listens to the run no more. */
  void forget(String runId) {
    lastEvent.remove(runId);
    stalled.delete(runId);
  }

  /** Runs that fell silent since the last call; each is returned once. */
  List<String> fallenSilent(long now) {
    List<String> silent =
        lastEvent.entrySet().stream()
            .filter(entry -> now - entry.getValue() >= after.toMillis())
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    for (String runId : silent) {
      lastEvent.remove(runId);
      stalled.put(runId, new byte[0]);
    }
    return silent;
  }
}
