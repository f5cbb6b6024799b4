package brink.monitor.replay;

import brink.monitor.run.FoldSettings;
import brink.monitor.topology.ClusterView;
import brink.monitor.topology.MonitorTopology;
import brink.monitor.topology.RunObserver;
import brink.monitor.topology.StreamsProperties;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * One task of the production topology with fresh state, executed record by record in this thread.
 *
 * <p>Kafka's TopologyTestDriver runs the topology's own nodes and stores without a broker. Its wall
 * clock stands still until all records were taken, so that no run falls silent before.
 */
final class TopologyExecutor implements AutoCloseable {
  private static final Duration STALLED_AFTER = Duration.ofSeconds(1);
  private static final Duration LOOK = STALLED_AFTER.dividedBy(10);

  /** Longer than steps wait for their run's start, and than a run may be silent. */
  private static final int LOOKS = 50;

  private final Path stateDir;
  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final TestOutputTopic<String, RegimeChanged> regimeTopic;
  private final TestOutputTopic<String, FlowFitted> flowTopic;
  private final TestOutputTopic<String, Rejected> rejectedTopic;
  private final int partition;
  private final Map<String, List<Long>> offsets = new HashMap<>();
  private final List<RegimeChanged> changes = new ArrayList<>();
  private final List<FlowFitted> fits = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();

  TopologyExecutor(FoldSettings settings, RunObserver observer, ClusterView cluster) {
    partition = cluster.partition(0);
    stateDir = temporaryFolder();
    driver =
        new TopologyTestDriver(
            MonitorTopology.build(settings, STALLED_AFTER, observer, cluster),
            StreamsProperties.synchronous("brink-replay", stateDir));
    for (Topic topic : List.of(Topic.RUNS, Topic.STEPS)) {
      ByteArraySerializer bytes = new ByteArraySerializer();
      inputs.put(topic.topicName(), driver.createInputTopic(topic.topicName(), bytes, bytes));
    }
    regimeTopic = output(Topic.REGIMES, BrinkSerdes.regimes().deserializer());
    flowTopic = output(Topic.FLOW, BrinkSerdes.flow().deserializer());
    rejectedTopic = output(Topic.REJECTED, BrinkSerdes.rejected().deserializer());
  }

  /** Processes a record to the end. */
  void process(ConsumerRecord<byte[], byte[]> record) {
    TestInputTopic<byte[], byte[]> input = inputs.get(record.topic());
    if (input == null) {
      throw new IllegalArgumentException(record.topic() + " is not an input of the topology");
    }
    offsets.computeIfAbsent(record.topic(), _ -> new ArrayList<>()).add(record.offset());
    long time = Math.max(0, record.timestamp());
    input.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), time));
    changes.addAll(regimeTopic.readValuesToList());
    fits.addAll(flowTopic.readValuesToList());
    collectRejected();
  }

  /** After the last record: what waits has waited in vain. */
  void finish() {
    for (int i = 0; i < LOOKS; i++) {
      driver.advanceWallClockTime(LOOK);
    }
    for (RegimeChanged change : regimeTopic.readValuesToList()) {
      if (change.getTo() != Regime.REGIME_STALLED) {
        changes.add(change);
      }
    }
    collectRejected();
  }

  /**
   * The driver counts partitions and offsets of its own; the records know where they really are.
   */
  private void collectRejected() {
    for (Rejected finding : rejectedTopic.readValuesToList()) {
      long offset =
          offsets.getOrDefault(finding.getTopic(), List.of()).get((int) finding.getOffset());
      rejected.add(finding.toBuilder().setPartition(partition).setOffset(offset).build());
    }
  }

  List<RegimeChanged> changes() {
    return changes;
  }

  List<Rejected> rejected() {
    return rejected;
  }

  List<FlowFitted> fits() {
    return fits;
  }

  @Override
  public void close() {
    driver.close();
    try {
      Files.deleteIfExists(stateDir.resolve("brink-replay"));
      Files.deleteIfExists(stateDir);
    } catch (IOException e) {
      // An empty folder among temporary files does no harm.
    }
  }

  private <T> TestOutputTopic<String, T> output(Topic topic, Deserializer<T> values) {
    return driver.createOutputTopic(topic.topicName(), BrinkSerdes.runId().deserializer(), values);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("brink-replay");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no temporary folder can be made in " + System.getProperty("java.io.tmpdir"), e);
    }
  }
}
