package brink.monitor.topology;

import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which runs fell silent, and which silence was told: STALLED, or ENDED where the run's end is
 * known and its last steps did not come.
 *
 * <p>This is kept apart from the fold: a replay has no wall clock. What was told is stored; how
 * long a run has been quiet starts anew with the process, so a monitor that was away does not call
 * runs silent that it did not listen to.
 */
final class Silences {
  private static final byte STALLED = 0;
  private static final byte ENDED = 1;

  /** Long enough for steps that are on their way, milliseconds. */
  private static final long SOON = HeldSteps.PATIENCE.toMillis();

  private final KeyValueStore<String, byte[]> store;
  private final Duration after;
  private final Map<String, Regime> told = new HashMap<>();
  private final QuietTimes quiet = new QuietTimes();
  private final Set<String> ending = new HashSet<>();

  Silences(KeyValueStore<String, byte[]> store, Duration after) {
    this.store = store;
    this.after = after;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> told.put(entry.key, regime(entry.value)));
    }
  }

  /** Listens to a run from now on, unless it is listened to or its silence is known. */
  void watch(String runId) {
    if (!quiet.knows(runId) && !told.containsKey(runId)) {
      quiet.hear(runId);
    }
  }

  /**
   * Takes note of an event of a run.
   *
   * @return the silence that it ends; null if there was none
   */
  @Nullable Regime hear(String runId) {
    quiet.hear(runId);
    ending.remove(runId);
    Regime silence = told.remove(runId);
    if (silence != null) {
      store.delete(runId);
    }
    return silence;
  }

  /** Nothing more is expected of the run, until something comes. */
  void expectNothing(String runId) {
    ending.add(runId);
  }

  /** Listens to the run no more. */
  void forget(String runId) {
    quiet.forget(runId);
    ending.remove(runId);
    if (told.remove(runId) != null) {
      store.delete(runId);
    }
  }

  /** Whether no run is listened to. */
  boolean isEmpty() {
    return quiet.isEmpty();
  }

  void look() {
    quiet.look();
  }

  void confirm(long listened) {
    quiet.confirm(listened);
  }

  /** Runs that have been quiet for too long, which is soon where nothing more is expected. */
  List<String> fallen(long listened) {
    Set<String> fallen = new TreeSet<>(quiet.quietFor(after.toMillis(), listened));
    for (String runId : ending.isEmpty() ? List.<String>of() : quiet.quietFor(SOON, listened)) {
      if (ending.contains(runId)) {
        fallen.add(runId);
      }
    }
    return List.copyOf(fallen);
  }

  /** Remembers that the run's silence is told, and says how to tell it. */
  RegimeChanged tell(RunState state) {
    quiet.forget(state.runId());
    ending.remove(state.runId());
    @Nullable String unfinished = RunFold.unfinished(state).orElse(null);
    byte[] silence = {unfinished == null ? STALLED : ENDED};
    store.put(state.runId(), silence);
    told.put(state.runId(), regime(silence));
    return unfinished == null
        ? WallClockVerdicts.stalled(state, after)
        : WallClockVerdicts.ended(state, unfinished);
  }

  private static Regime regime(byte[] silence) {
    return silence.length > 0 && silence[0] == ENDED ? Regime.REGIME_ENDED : Regime.REGIME_STALLED;
  }
}
