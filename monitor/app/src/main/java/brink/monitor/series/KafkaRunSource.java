package brink.monitor.series;

import brink.monitor.catalogue.RecordedMessage;
import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.intake.BoundedConsumer;
import brink.schemas.BootstrapServers;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.util.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs from Kafka: a run's steps lie in the partition of its start, and its fits in the same
 * partition of their topic. Steps that lie elsewhere are rejected by the monitor, too.
 *
 * <p>Where a run's fits begin is known by their offsets. Its steps are looked for where the times
 * of records say that they begin, which is a guess: a producer's clock may be wrong. So what is
 * found there has to begin with the run's first step, and otherwise the partition is read from its
 * beginning.
 */
final class KafkaRunSource implements RunSource {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Steps that one poll brings: a hundred milliseconds of work. */
  private static final int POLLED = 20_000;

  private static final int FETCHED_BYTES = 8 << 20;

  /** By how much steps may be earlier than their start by its producer's clock, usually. */
  private static final long CLOCK_MARGIN_MS = Duration.ofDays(1).toMillis();

  private final BoundedConsumer consumer;
  private final RunDirectory directory;
  private final Deserializer<StepObserved> steps = BrinkSerdes.steps().deserializer();
  private final Deserializer<FlowFitted> fits = BrinkSerdes.flow().deserializer();

  private KafkaRunSource(BoundedConsumer consumer, RunDirectory directory) {
    this.consumer = consumer;
    this.directory = directory;
  }

  /**
   * A source with a connection of its own.
   *
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be reached
   */
  static KafkaRunSource open(KafkaSettings kafka, RunDirectory directory) {
    BootstrapServers.requireListening(kafka);
    Map<String, Object> settings = new HashMap<>(kafka.consumer());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_BYTES);
    return new KafkaRunSource(new BoundedConsumer(settings), directory);
  }

  @Override
  public void readOn(RunSeries run, BooleanSupplier pause) {
    RunEntry entry = directory.run(run.runId());
    List<TopicPartition> partitions = partitions(run.runId(), entry);
    TopicPartition stepsAt = partitions.getFirst();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> positions = run.positions();
    if (positions.isEmpty()) {
      positions.putAll(begins(run.runId(), partitions, entry));
      run.beginsAt(positions);
    }
    consumer.assign(partitions);
    positions.forEach(consumer::seek);
    byte[] key = run.runId().getBytes(StandardCharsets.UTF_8);
    boolean all = isRead(run, entry, ends) && !goesBack(run, stepsAt, hasSteps(entry));
    while (!all && !pause.getAsBoolean()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      boolean middle =
          run.lastStep() < 0 && beginsInTheMiddle(records.records(stepsAt), key, entry);
      if (!goesBack(run, stepsAt, middle)) {
        run.take(() -> records.forEach(record -> take(run, key, record)));
        partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
      }
      all = isRead(run, entry, ends) && !goesBack(run, stepsAt, hasSteps(entry));
      run.readUpTo(share(run, ends), all);
    }
    run.readUpTo(all ? 1 : share(run, ends), all);
    consumer.assign(List.of());
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void take(RunSeries run, byte[] key, ConsumerRecord<byte[], byte[]> record) {
    if (!Arrays.equals(key, record.key())) {
      return;
    }
    if (record.topic().equals(Topic.STEPS.topicName())) {
      RecordedMessage.of(steps, record).ifPresent(step -> run.take(step, record.timestamp()));
    } else {
      RecordedMessage.of(fits, record).ifPresent(fit -> run.take(fit, record.timestamp()));
    }
  }

  private List<TopicPartition> partitions(String runId, @Nullable RunEntry entry) {
    Integer known = entry == null ? null : directory.partitionOfStart(runId);
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : List.of(Topic.STEPS, Topic.FLOW)) {
      int count = consumer.partitionsFor(topic.topicName()).size();
      byte[] key = runId.getBytes(StandardCharsets.UTF_8);
      int usual = Utils.toPositive(Utils.murmur2(key)) % count;
      partitions.add(
          new TopicPartition(topic.topicName(), known == null || known >= count ? usual : known));
    }
    return partitions;
  }

  /** Where the first records of the run are: of its fits known, of its steps guessed by time. */
  private Map<TopicPartition, Long> begins(
      String runId, List<TopicPartition> partitions, @Nullable RunEntry entry) {
    Map<TopicPartition, Long> begins = new HashMap<>(consumer.beginningOffsets(partitions));
    TopicPartition fitsAt = partitions.getLast();
    begins.merge(fitsAt, directory.beginOfFits(runId, fitsAt.partition()), Math::max);
    if (entry == null || entry.started() == null || !entry.started().hasStartedAt()) {
      return begins;
    }
    TopicPartition stepsAt = partitions.getFirst();
    long from = Math.max(0, Timestamps.toMillis(entry.started().getStartedAt()) - CLOCK_MARGIN_MS);
    OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(stepsAt, from)).get(stepsAt);
    if (found != null) {
      begins.merge(stepsAt, found.offset(), Math::max);
    }
    return begins;
  }

  /**
   * Reads the steps' partition from its beginning where the guess was wrong.
   *
   * @param wrong whether it was, if no step of the run has been read so far
   */
  private boolean goesBack(RunSeries run, TopicPartition stepsAt, boolean wrong) {
    if (!wrong || run.lastStep() >= 0) {
      return false;
    }
    long first = consumer.beginningOffsets(List.of(stepsAt)).getOrDefault(stepsAt, 0L);
    if (run.beginOf(stepsAt) <= first) {
      return false;
    }
    run.positions().put(stepsAt, first);
    run.beginsAt(run.positions());
    run.positions().forEach(consumer::seek);
    return true;
  }

  /** Whether the first of the run's steps among these is not the first of the run. */
  private boolean beginsInTheMiddle(
      List<ConsumerRecord<byte[], byte[]>> records, byte[] key, @Nullable RunEntry entry) {
    return records.stream()
        .filter(record -> Arrays.equals(key, record.key()))
        .flatMap(record -> RecordedMessage.of(steps, record).stream())
        .findFirst()
        .filter(step -> step.getStep() > firstStep(entry))
        .isPresent();
  }

  /** A run that continues another one's checkpoint begins with its step. */
  private static long firstStep(@Nullable RunEntry entry) {
    RunStarted started = entry == null ? null : entry.started();
    return started == null || started.getResumedFrom().getRunId().equals(started.getRunId())
        ? 0
        : started.getResumedFrom().getStep();
  }

  private static boolean hasSteps(@Nullable RunEntry entry) {
    return entry != null && entry.lastStep() != null;
  }

  /** An ended run has nothing after its last step, however much of others follows. */
  private boolean isRead(RunSeries run, @Nullable RunEntry entry, Map<TopicPartition, Long> ends) {
    // Its end may name too early a step; what verdicts came at counts, too.
    boolean ended =
        entry != null
            && entry.ended() != null
            && entry.ended().hasLastStep()
            && entry.lastStep() != null
            && run.lastStep() >= entry.lastStep();
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      boolean needed = !ended || !end.getKey().topic().equals(Topic.STEPS.topicName());
      if (needed && run.positions().getOrDefault(end.getKey(), 0L) < end.getValue()) {
        return false;
      }
    }
    return true;
  }

  private static double share(RunSeries run, Map<TopicPartition, Long> ends) {
    double read = 0;
    double whole = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      long begin = run.beginOf(end.getKey());
      whole += Math.max(0, end.getValue() - begin);
      read += Math.max(0, run.positions().getOrDefault(end.getKey(), begin) - begin);
    }
    return whole == 0 ? 1 : Math.min(1, read / whole);
  }
}
