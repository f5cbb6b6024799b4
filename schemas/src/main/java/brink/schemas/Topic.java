package brink.schemas;

import brink.v1.FlowFitted;
import brink.v1.GradientChunk;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RunEvent;
import brink.v1.RunNote;
import brink.v1.StepObserved;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * The topic catalogue: every topic of Brink, what it carries and how long it is kept.
 *
 * <p>The key of every record is the run id in UTF-8, so that a run's records stay in order within
 * one partition, and the same partition number holds the same run in every topic (equal partition
 * counts, Kafka's default partitioner).
 *
 * <p>Cleanup is {@code delete} but for notes, of which the newest of a run is all: compaction keeps
 * one record per key, and RunStarted and RunEnded share the run id as their key, so it would drop
 * RunStarted, and all steps of a run but the last.
 */
public enum Topic {
  /** Life of the runs. Tiny, and nothing else can be read without it: kept for ever. */
  RUNS("brink.runs", RunEvent.getDefaultInstance(), null, null),

  /** One record per step, about 400 bytes. Ninety days outlast a study; replay needs them. */
  STEPS("brink.steps", StepObserved.getDefaultInstance(), Duration.ofDays(90), null),

  /**
   * Gradients in chunks: by far the heaviest, so a week and 2 GiB a partition, whichever ends
   * first.
   */
  GRADIENTS(
      "brink.gradients", GradientChunk.getDefaultInstance(), Duration.ofDays(7), 2L * Sizes.GIB),

  /** Regime changes: a handful per run, and the result of it all; kept for ever, like the runs. */
  REGIMES("brink.regimes", RegimeChanged.getDefaultInstance(), null, null),

  /** The flow's fits and forecasts: as long as the steps that they are derived from. */
  FLOW("brink.flow", FlowFitted.getDefaultInstance(), Duration.ofDays(90), null),

  /** Records that could not be used, whole. A month leaves time to look into a producer's fault. */
  REJECTED("brink.rejected", Rejected.getDefaultInstance(), Duration.ofDays(30), null),

  /** What people wrote about runs: the newest note of each run, kept for ever. */
  NOTES("brink.notes", RunNote.getDefaultInstance(), null, null);

  /**
   * Partitions of each topic unless the operator asks for others: six monitor instances can share
   * them.
   */
  public static final int DEFAULT_PARTITIONS = 6;

  /** Largest record that any topic takes, bytes: what a producer must be allowed to send. */
  public static final int LARGEST_RECORD = Sizes.REJECTED_RECORD;

  private final String topicName;
  private final Message prototype;
  private final @Nullable Duration retention;
  private final @Nullable Long retentionBytes;

  Topic(
      String topicName,
      Message prototype,
      @Nullable Duration retention,
      @Nullable Long retentionBytes) {
    this.topicName = topicName;
    this.prototype = prototype;
    this.retention = retention;
    this.retentionBytes = retentionBytes;
  }

  /** Every topic. */
  public static List<Topic> all() {
    return List.of(values());
  }

  /** Name of the topic in Kafka. */
  public String topicName() {
    return topicName;
  }

  /** Descriptor of the message that the topic's values hold. */
  public Descriptor messageType() {
    return prototype.getDescriptorForType();
  }

  /** Time after which records go; null for never. */
  public @Nullable Duration retention() {
    return retention;
  }

  /**
   * Oldest record time that the topic takes, as an age; null for any. Older records are refused
   * where retention would delete them soon after they were acknowledged, which is what becomes of
   * times in seconds instead of milliseconds. Runs are kept for ever, but not the steps of so old a
   * run.
   *
   * <p>What the monitor writes carries the times of what it read: those topics take any, since a
   * record that is refused would stop it.
   */
  public @Nullable Duration oldest() {
    return switch (this) {
      case RUNS -> STEPS.retention;
      case STEPS, GRADIENTS -> retention;
      case REGIMES, FLOW, REJECTED, NOTES -> null;
    };
  }

  /**
   * How far ahead of the broker's clock a record time may be; null for any. A day leaves room for a
   * clock that is set to another time zone, and holds retention up no longer.
   */
  public @Nullable Duration furthestAhead() {
    return oldest() == null ? null : Duration.ofDays(1);
  }

  /** Bytes that a partition may hold; null for no limit. */
  public @Nullable Long retentionBytes() {
    return retentionBytes;
  }

  /** Largest record batch that the topic takes, bytes. */
  public int maxMessageBytes() {
    return switch (this) {
      case GRADIENTS -> Sizes.GRADIENT_RECORD;
      case REJECTED -> Sizes.REJECTED_RECORD;
      case RUNS, STEPS, REGIMES, FLOW, NOTES -> Sizes.RECORD;
    };
  }

  /**
   * Topic-level settings, complete: nothing is left to the broker's defaults that changes what is
   * kept.
   */
  public Map<String, String> configs() {
    Map<String, String> configs = new HashMap<>();
    configs.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        this == NOTES ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
    configs.put(
        TopicConfig.RETENTION_MS_CONFIG,
        orUnlimited(retention == null ? null : retention.toMillis()));
    configs.put(TopicConfig.RETENTION_BYTES_CONFIG, orUnlimited(retentionBytes));
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes()));
    // Random floats do not compress: zstd saves 7.6 % of a gradient at half the speed (measured).
    configs.put(
        TopicConfig.COMPRESSION_TYPE_CONFIG, this == GRADIENTS ? "uncompressed" : "producer");
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, orAny(oldest()));
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, orAny(furthestAhead()));
    if (retentionBytes != null) {
      // Whole segments are deleted: small ones keep the partition near its limit.
      configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(Sizes.CAPPED_SEGMENT));
    }
    return Map.copyOf(configs);
  }

  /**
   * The request that creates this topic.
   *
   * @param partitions number of partitions, the same for every topic
   * @param replication copies of each partition, settled for the cluster
   */
  public NewTopic toNewTopic(int partitions, Replication replication) {
    Map<String, String> configs = new HashMap<>(configs());
    configs.putAll(replication.configs());
    return new NewTopic(topicName, partitions, (short) replication.factor()).configs(configs);
  }

  private static String orUnlimited(@Nullable Long limit) {
    return Long.toString(limit == null ? -1 : limit);
  }

  private static String orAny(@Nullable Duration limit) {
    return Long.toString(limit == null ? Long.MAX_VALUE : limit.toMillis());
  }

  private static final class Sizes {
    static final int MIB = 1 << 20;
    static final long GIB = 1L << 30;

    /** Kafka's own default; a step with a thousand layers is under 100 KiB. */
    static final int RECORD = MIB;

    /** A chunk is 1 MiB and some headers; other producers may be more generous. */
    static final int GRADIENT_RECORD = 4 * MIB;

    /** The largest record of any other topic, whole, with the reason around it. */
    static final int REJECTED_RECORD = GRADIENT_RECORD + MIB;

    static final int CAPPED_SEGMENT = 256 * MIB;
  }
}
