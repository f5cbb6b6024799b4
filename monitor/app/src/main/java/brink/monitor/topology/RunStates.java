package brink.monitor.topology;

import brink.monitor.log.LimitedLog;
import brink.monitor.run.RunState;
import brink.monitor.run.RunStateCodec;
import brink.v1.Regime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The states of a task's runs: as objects while the runs go on, as bytes in a changelogged store
 * since the last commit.
 *
 * <p>Encoding a state and sending it to the changelog costs more than folding a step, so both are
 * done once a commit. Kafka Streams asks its own caching stores to hand over what they hold before
 * it commits, and whatever else implements {@link CachedStateStore}; that interface is internal to
 * Kafka, and there is no public one for it.
 *
 * <p>States of ended runs stay as bytes: without them a late duplicate would look like a step of an
 * unknown run.
 */
final class RunStates implements StateStore, CachedStateStore<String, RunState> {
  private static final LimitedLog LOG = new LimitedLog(LoggerFactory.getLogger(RunStates.class));

  /** Runs that are kept as objects though nothing came of them since the last commit. */
  private static final int MOST_IDLE = 10_000;

  private final KeyValueStore<String, byte[]> stored;
  private final Map<String, Entry> decoded = new HashMap<>();
  private final List<Entry> changed = new ArrayList<>();
  private long commits;

  RunStates(KeyValueStore<String, byte[]> stored) {
    this.stored = stored;
  }

  /** The store below, as of the last commit. */
  KeyValueStore<String, byte[]> stored() {
    return stored;
  }

  /**
   * The run's state; null for a run that was never started.
   *
   * @throws IllegalArgumentException if the stored bytes are no state
   */
  @Nullable RunState get(String runId) {
    Entry entry = decoded.get(runId);
    if (entry != null) {
      return entry.state;
    }
    byte[] bytes = stored.get(runId);
    if (bytes == null) {
      return null;
    }
    RunState state = RunStateCodec.decode(bytes);
    decoded.put(runId, new Entry(state));
    return state;
  }

  /** Whether the run was started, readable or not. */
  boolean contains(String runId) {
    return decoded.containsKey(runId) || stored.get(runId) != null;
  }

  void put(RunState state) {
    Entry entry = decoded.computeIfAbsent(state.runId(), _ -> new Entry(state));
    entry.state = state;
    if (!entry.changed) {
      entry.changed = true;
      changed.add(entry);
    }
  }

  /** Runs whose states the next commit writes. */
  int changed() {
    return changed.size();
  }

  /** How often states were written so far. */
  long commits() {
    return commits;
  }

  /** Visits all runs; one that cannot be read is left out, with a word in the log. */
  void forEach(Consumer<RunState> action) {
    try (KeyValueIterator<String, byte[]> all = stored.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        try {
          action.accept(RunStateCodec.decode(entry.value));
        } catch (RuntimeException e) {
          LOG.error(
              "stored states that cannot be read",
              () ->
                  "the stored state of run %s cannot be read; the run is left out"
                      .formatted(entry.key),
              e);
        }
      }
    }
  }

  @Override
  public void flushCache() {
    if (decoded.size() - changed.size() > MOST_IDLE) {
      decoded.values().removeIf(entry -> !entry.changed);
    }
    for (Entry entry : changed) {
      RunState state = entry.state;
      stored.put(state.runId(), RunStateCodec.encode(state));
      entry.changed = false;
      if (state.regime() == Regime.REGIME_ENDED) {
        decoded.remove(state.runId());
      }
    }
    changed.clear();
    commits++;
  }

  @Override
  public void clearCache() {
    decoded.clear();
    changed.clear();
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<String, RunState> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public String name() {
    return stored.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    stored.init(context, root);
  }

  @Override
  public void close() {
    clearCache();
    stored.close();
  }

  @Override
  public boolean persistent() {
    return stored.persistent();
  }

  @Override
  public boolean isOpen() {
    return stored.isOpen();
  }

  private static final class Entry {
    private RunState state;
    private boolean changed;

    Entry(RunState state) {
      this.state = state;
    }
  }
}
