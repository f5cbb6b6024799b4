package brink.monitor.topology;

import brink.monitor.run.FoldSettings;
import brink.monitor.run.RunFold;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The monitor's topology, for production, tests and replay alike.
 *
 * <pre>
 * brink.runs  ─┐                                    ┌─ brink.regimes
 *              ├─ fold (state per run, changelogged) ┼─ brink.flow
 * brink.steps ─┘                                    └─ brink.rejected
 * </pre>
 *
 * <p>Sources are raw bytes, so that a corrupt record is a finding and not a failure. Both source
 * topics have the same partitions and keys: a task holds a run's start, steps and end.
 */
public final class MonitorTopology {
  static final String STATE = "brink-run-state";
  static final String WAITING = "brink-waiting-steps";
  static final String SILENT = "brink-silent-runs";
  static final String REGIMES = "regimes";
  static final String FLOW = "flow";
  static final String REJECTED = "rejected";

  private static final String RUNS = "runs";
  private static final String STEPS = "steps";
  private static final String FOLD = "fold";

  private MonitorTopology() {}

  /**
   * Builds the topology.
   *
   * @param settings of the fold
   * @param stalledAfter wall-clock time without an event after which a run that has not ended is
   *     STALLED
   * @param observer sees what happens
   * @param cluster answers questions about Kafka
   */
  public static Topology build(
      FoldSettings settings, Duration stalledAfter, RunObserver observer, ClusterView cluster) {
    RunFold fold = new RunFold(settings);
    Deserializer<byte[]> bytes = new ByteArrayDeserializer();
    Serializer<String> key = BrinkSerdes.runId().serializer();
    AutoOffsetReset earliest = AutoOffsetReset.earliest();
    RecordOrder order = new RecordOrder();
    return new Topology()
        .addSource(earliest, RUNS, order, bytes, bytes, Topic.RUNS.topicName())
        .addSource(earliest, STEPS, order, bytes, bytes, Topic.STEPS.topicName())
        .addProcessor(
            FOLD, () -> new RunProcessor(fold, stalledAfter, observer, cluster), RUNS, STEPS)
        .addStateStore(new RunStatesBuilder(store(STATE)), FOLD)
        .addStateStore(store(WAITING), FOLD)
        .addStateStore(store(SILENT), FOLD)
        .addSink(REGIMES, Topic.REGIMES.topicName(), key, BrinkSerdes.regimes().serializer(), FOLD)
        .addSink(FLOW, Topic.FLOW.topicName(), key, BrinkSerdes.flow().serializer(), FOLD)
        .addSink(
            REJECTED, Topic.REJECTED.topicName(), key, BrinkSerdes.rejected().serializer(), FOLD);
  }

  /** How often a task looks whether it has read everything. */
  static Duration lookInterval(Duration stalledAfter) {
    return Duration.ofMillis(Math.clamp(stalledAfter.toMillis() / 10, 10, 1_000));
  }

  /** Time between two looks beyond which nothing was listened to: several looks failed. */
  static Duration longestGap(Duration interval) {
    return interval.multipliedBy(5);
  }

  /** In memory, because it was 1.2 to 2.9 times as fast as RocksDB; the changelog keeps it. */
  private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
  }
}
