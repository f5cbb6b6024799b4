package brink.monitor.topology;

import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.run.RunStateCodec;
import brink.monitor.run.SyntheticRun;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * A task of the monitor over stores that outlive it: it can be closed, or killed back to its last
 * commit, and another takes over. Nothing commits of itself.
 */
final class TaskHarness {
  private static final int PARTITION = 0;

  private final RunFold fold = new RunFold();
  private final Duration stalledAfter;
  private final ClusterView cluster;
  private final Map<String, Map<String, byte[]>> committed = new HashMap<>();
  private final List<Message> output = new ArrayList<>();
  private long now = SyntheticRun.T0;
  private MockProcessorContext<String, Message> context;
  private RunStates states;
  private Map<String, KeyValueStore<String, byte[]>> stores;
  private RunProcessor processor;

  TaskHarness(Duration stalledAfter, ClusterView cluster) {
    this(stalledAfter, cluster, _ -> {});
  }

  /** A task that finds something in its stores. */
  TaskHarness(
      Duration stalledAfter, ClusterView cluster, java.util.function.Consumer<Found> found) {
    this.stalledAfter = stalledAfter;
    this.cluster = cluster;
    found.accept(
        (store, key, value) ->
            committed.computeIfAbsent(store, _ -> new HashMap<>()).put(key, value));
    open();
  }

  /** Puts something into the stores that a task will find. */
  interface Found {
    void put(String store, String key, byte[] value);

    default void put(RunState state) {
      put(MonitorTopology.STATE, state.runId(), RunStateCodec.encode(state));
    }
  }

  private void open() {
    context = new MockProcessorContext<>(new Properties());
    context.setCurrentSystemTimeMs(now);
    stores = new HashMap<>();
    for (String name :
        List.of(MonitorTopology.STATE, MonitorTopology.WAITING, MonitorTopology.SILENT)) {
      KeyValueStore<String, byte[]> store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      stores.put(name, store);
    }
    states = new RunStates(store(MonitorTopology.STATE));
    states.init(context.getStateStoreContext(), states);
    context.addStateStore(states);
    for (String name : List.of(MonitorTopology.WAITING, MonitorTopology.SILENT)) {
      store(name).init(context.getStateStoreContext(), store(name));
      context.addStateStore(store(name));
    }
    committed.forEach((name, entries) -> entries.forEach(store(name)::put));
    processor = new RunProcessor(fold, stalledAfter, RunObserver.NONE, cluster);
    processor.init(context);
  }

  private KeyValueStore<String, byte[]> store(String name) {
    KeyValueStore<String, byte[]> store = stores.get(name);
    if (store == null) {
      throw new IllegalArgumentException("no store " + name);
    }
    return store;
  }

  void take(Topic topic, long offset, String key, byte[] value, long timestamp) {
    context.setRecordMetadata(topic.topicName(), PARTITION, offset);
    processor.process(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, timestamp));
  }

  /** Commits: what was written is kept. */
  void commit() {
    states.flushCache();
    committed.clear();
    stores.forEach(
        (name, store) -> {
          Map<String, byte[]> entries = new HashMap<>();
          try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
          }
          committed.put(name, entries);
        });
    context.forwarded().forEach(forward -> output.add(forward.record().value()));
    context.resetForwards();
    context.resetCommit();
  }

  /** Another task takes over what was committed; what was not is lost. */
  void kill() {
    processor.close();
    open();
  }

  /** Lets the wall clock go on look by look. */
  void pass(Duration duration) {
    Duration look = MonitorTopology.lookInterval(stalledAfter);
    for (Duration left = duration; left.isPositive(); left = left.minus(look)) {
      jump(look);
    }
  }

  /** Lets the wall clock jump, as it does for a process that was suspended. */
  void jump(Duration duration) {
    now += duration.toMillis();
    context.setCurrentSystemTimeMs(now);
    context.scheduledPunctuators().forEach(scheduled -> scheduled.getPunctuator().punctuate(now));
  }

  /** Whether the task has asked for a commit since the last one. */
  boolean asksForCommit() {
    return context.committed();
  }

  List<RegimeChanged> regimes() {
    return all(RegimeChanged.class);
  }

  List<FlowFitted> fits() {
    return all(FlowFitted.class);
  }

  List<Rejected> rejected() {
    return all(Rejected.class);
  }

  private <T extends Message> List<T> all(Class<T> type) {
    commit();
    return output.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Visits the entries of a store as of the last commit. */
  void forEach(String store, BiConsumer<String, byte[]> action) {
    committed.getOrDefault(store, Map.of()).forEach(action);
  }
}
