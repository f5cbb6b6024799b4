package brink.monitor.topology;

import brink.monitor.log.LimitedLog;
import brink.monitor.run.RunState;
import brink.monitor.run.RunStateCodec;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The states of this task's runs. Those of ended runs stay: 2 KiB each, and without them a late
 * duplicate would look like a step of an unknown run.
 */
final class RunStore {
  private static final LimitedLog LOG = new LimitedLog(LoggerFactory.getLogger(RunStore.class));

  private final KeyValueStore<String, byte[]> store;

  RunStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  boolean contains(String runId) {
    return store.get(runId) != null;
  }

  /** The run's state; null for a run that was never started. */
  @Nullable RunState get(String runId) {
    byte[] bytes = store.get(runId);
    return bytes == null ? null : RunStateCodec.decode(bytes);
  }

  void put(String runId, byte[] state) {
    store.put(runId, state);
  }

  void forEach(Consumer<RunState> action) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
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
}
