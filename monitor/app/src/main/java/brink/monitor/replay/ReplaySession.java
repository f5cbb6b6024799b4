package brink.monitor.replay;

import brink.monitor.run.FoldSettings;
import brink.monitor.run.Outcome;
import brink.monitor.topology.Observers;
import brink.monitor.topology.RunObserver;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Replays one run from a stream of records, all of brink.runs first, then brink.steps; records of
 * other runs are passed over.
 *
 * <p>Each partition number is a task of its own with its own state, as in the monitor: a producer
 * that sends a run's start and steps to different partitions gets the same rejections here as
 * there.
 */
final class ReplaySession implements AutoCloseable {
  private final String runId;
  private final byte[] key;
  private final FoldSettings settings;
  private final RegimeClock clock = new RegimeClock();
  private final RunObserver observer;
  private final Map<Integer, TopologyExecutor> partitions = new TreeMap<>();
  private final Map<TopicPartition, Long> lastOffsets = new HashMap<>();
  private final Map<String, Integer> starts = new HashMap<>();
  private final StepCount steps;
  private long records;

  ReplaySession(String runId, FoldSettings settings) {
    this(runId, settings, new StepCount());
  }

  /**
   * A session.
   *
   * @param steps takes note of the steps that are there
   */
  ReplaySession(String runId, FoldSettings settings, StepCount steps) {
    this(runId, settings, steps, RunObserver.NONE);
  }

  /**
   * A session that somebody watches.
   *
   * @param steps takes note of the steps that are there
   */
  ReplaySession(String runId, FoldSettings settings, StepCount steps, RunObserver watching) {
    this.runId = runId;
    this.observer = Observers.of(clock, new Counter(), watching);
    this.steps = steps;
    this.key = runId.getBytes(StandardCharsets.UTF_8);
    this.settings = settings;
  }

  /** Whether the record belongs to the run. */
  boolean concerns(ConsumerRecord<byte[], byte[]> record) {
    return Arrays.equals(record.key(), key);
  }

  void life(ConsumerRecord<byte[], byte[]> record) {
    if (concerns(record)) {
      starts.putIfAbsent(runId, record.partition());
      count(record).process(record);
    }
  }

  void step(ConsumerRecord<byte[], byte[]> record) {
    if (concerns(record)) {
      count(record).process(record);
    }
  }

  Replayed finish() {
    List<RegimeChanged> changes = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    List<FlowFitted> fits = new ArrayList<>();
    for (TopologyExecutor done : partitions.values()) {
      done.finish();
      changes.addAll(done.changes());
      rejected.addAll(done.rejected());
      fits.addAll(done.fits());
    }
    // What was refused is there, too.
    rejected.stream()
        .filter(each -> each.hasStep() && each.getTopic().equals(Topic.STEPS.topicName()))
        .forEach(each -> steps.found(each.getStep()));
    return new Replayed(
        runId,
        settings,
        changes,
        fits,
        clock.stays(),
        rejected,
        records,
        lastOffsets,
        steps.sentence().orElse(null));
  }

  @Override
  public void close() {
    partitions.values().forEach(TopologyExecutor::close);
  }

  private TopologyExecutor count(ConsumerRecord<byte[], byte[]> record) {
    records++;
    lastOffsets.put(new TopicPartition(record.topic(), record.partition()), record.offset());
    return partitions.computeIfAbsent(
        record.partition(),
        partition ->
            new TopologyExecutor(settings, observer, new RecordedPlaces(partition, starts)));
  }

  private final class Counter implements RunObserver {
    @Override
    public void onStep(StepObserved step, Outcome outcome) {
      steps.found(step.getStep());
    }
  }
}
