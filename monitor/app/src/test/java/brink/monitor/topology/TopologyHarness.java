package brink.monitor.topology;

import brink.monitor.run.FoldSettings;
import brink.monitor.run.SyntheticRun;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The production topology with its production settings in Kafka's test driver. */
final class TopologyHarness implements AutoCloseable {
  private static final List<String> STORES =
      List.of(MonitorTopology.STATE, MonitorTopology.WAITING, MonitorTopology.SILENT);

  static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> runs;
  private final TestInputTopic<byte[], byte[]> steps;
  private final TestOutputTopic<String, RegimeChanged> regimes;
  private final TestOutputTopic<String, FlowFitted> flow;
  private final TestOutputTopic<String, Rejected> rejected;

  TopologyHarness(Path folder) {
    this(folder, RunObserver.NONE);
  }

  TopologyHarness(Path folder, RunObserver observer) {
    this(folder, observer, ClusterView.ALL_READ);
  }

  TopologyHarness(Path folder, RunObserver observer, ClusterView cluster) {
    driver =
        new TopologyTestDriver(
            MonitorTopology.build(
                FoldSettings.defaults(), STALLED_AFTER, Observers.of(observer), cluster),
            StreamsProperties.synchronous("test", folder),
            Instant.ofEpochMilli(SyntheticRun.T0));
    ByteArraySerializer bytes = new ByteArraySerializer();
    StringDeserializer key = new StringDeserializer();
    runs = driver.createInputTopic(Topic.RUNS.topicName(), bytes, bytes);
    steps = driver.createInputTopic(Topic.STEPS.topicName(), bytes, bytes);
    regimes =
        driver.createOutputTopic(
            Topic.REGIMES.topicName(), key, BrinkSerdes.regimes().deserializer());
    flow = driver.createOutputTopic(Topic.FLOW.topicName(), key, BrinkSerdes.flow().deserializer());
    rejected =
        driver.createOutputTopic(
            Topic.REJECTED.topicName(), key, BrinkSerdes.rejected().deserializer());
  }

  void run(String key, RunEvent event, long time) {
    runs.pipeInput(bytes(key), event.toByteArray(), time);
  }

  void start(SyntheticRun run) {
    run(run.runId(), run.start(), SyntheticRun.T0);
  }

  void step(StepObserved step) {
    raw(step.getRunId(), step.toByteArray(), SyntheticRun.time(step.getStep()));
  }

  void steps(List<StepObserved> all) {
    all.forEach(this::step);
  }

  void raw(String key, byte[] value, long time) {
    steps.pipeInput(bytes(key), value, time);
  }

  /** A record as it may come from anyone. */
  void pipe(Topic topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    TestInputTopic<byte[], byte[]> to = topic == Topic.RUNS ? runs : steps;
    to.pipeInput(new TestRecord<>(key, value, headers, SyntheticRun.T0));
  }

  /** Lets the wall clock go on as it does, look by look. */
  void silence(Duration duration) {
    Duration look = MonitorTopology.lookInterval(STALLED_AFTER);
    for (Duration left = duration; left.isPositive(); left = left.minus(look)) {
      driver.advanceWallClockTime(look);
    }
  }

  /** Lets the wall clock jump, as it does for a process that was suspended. */
  void suspend(Duration duration) {
    driver.advanceWallClockTime(duration);
  }

  List<RegimeChanged> regimes() {
    return regimes.readValuesToList();
  }

  List<TestRecord<String, RegimeChanged>> regimeRecords() {
    return regimes.readRecordsToList();
  }

  List<FlowFitted> flow() {
    return flow.readValuesToList();
  }

  List<TestRecord<String, Rejected>> rejectedRecords() {
    return rejected.readRecordsToList();
  }

  List<Rejected> rejected() {
    return rejected.readValuesToList();
  }

  List<RejectionReason> rejectionReasons() {
    return rejected().stream().map(Rejected::getReason).toList();
  }

  /** What a task would find that takes over. */
  Map<String, Map<String, byte[]>> stores() {
    Map<String, Map<String, byte[]>> stores = new HashMap<>();
    for (String name : STORES) {
      Map<String, byte[]> entries = new HashMap<>();
      try (KeyValueIterator<String, byte[]> all = store(name).all()) {
        all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
      }
      stores.put(name, entries);
    }
    return stores;
  }

  KeyValueStore<String, byte[]> store(String name) {
    StateStore store = driver.getAllStateStores().get(name);
    return store instanceof RunStates states ? states.stored() : driver.getKeyValueStore(name);
  }

  @Override
  public void close() {
    driver.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
