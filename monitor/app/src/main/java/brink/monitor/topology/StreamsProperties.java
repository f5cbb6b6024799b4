package brink.monitor.topology;

import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** How Kafka Streams runs the topology. */
public final class StreamsProperties {
  /**
   * A commit writes the states of all runs that went on; verdicts and rejections do not wait for it
   * ({@link PromptCommits}) where runs are few.
   */
  private static final int COMMIT_INTERVAL_MS = 1_000;

  /**
   * A task that has nothing at hand of one topic waits until that is fetched, if the broker is
   * known to have something, and no longer: verdicts do not depend on it.
   */
  private static final int MAX_TASK_IDLE_MS = 0;

  /** Beyond this, partitions and brokers bound the rate before processors do. */
  private static final int MOST_THREADS = 4;

  /** A killed monitor's runs move to the others after this time; Kafka's default is 45 s. */
  private static final int SESSION_TIMEOUT_MS = 10_000;

  /**
   * A partition with more than this many records waiting is not read on: of the largest size they
   * are 32 MiB, while Kafka's default of 1,000 would be a gigabyte for each.
   */
  private static final int BUFFERED_RECORDS = 32;

  /**
   * A commit writes the states of all runs that went on, and waits for them with one request under
   * way: Kafka's default of 16 KiB a batch would take tens of requests, one after the other.
   */
  private static final int BATCH_BYTES = 256 << 10;

  private StreamsProperties() {}

  /** Partitions are shared between them; client properties may set another number. */
  private static int threads() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
  }

  /**
   * Properties of the production application.
   *
   * @param applicationId the same for all instances that share the work
   * @param instanceId static membership: an instance that restarts with it gets its runs back at
   *     once; null for none
   * @param replication of the application's own topics, settled for the cluster
   * @param stateDir a folder of this process alone
   */
  @SuppressWarnings("deprecation") // The switch goes when its value is the only one.
  public static Properties of(
      KafkaSettings kafka,
      String applicationId,
      @Nullable String instanceId,
      Replication replication,
      Path stateDir) {
    Properties properties = new Properties();
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MS);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads());
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    properties.putAll(kafka.streams());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, MAX_TASK_IDLE_MS);
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    // With several batches in flight, one that overtakes the first of a transaction is refused as
    // out of sequence and sent again: correct, but the broker logs errors and verdicts are late.
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replication.factor());
    replication
        .configs()
        .forEach((name, value) -> properties.put(StreamsConfig.topicPrefix(name), value));
    // State carries the times of the records that it comes from: none may be refused.
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.toString(Long.MAX_VALUE));
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
    properties.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, RefusedOutput.class.getName());
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, RepeatedFailure.class.getName());
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    properties.put(Setbacks.CONFIG, new Setbacks());
    if (instanceId != null) {
      properties.put(
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
    }
    return properties;
  }

  /**
   * Properties for a synchronous executor, which never talks to Kafka.
   *
   * @param stateDir a folder of the executor alone
   */
  public static Properties synchronous(String applicationId, Path stateDir) {
    return of(
        KafkaSettings.of("none.invalid:1"),
        applicationId,
        null,
        Replication.AUTOMATIC.on(1),
        stateDir);
  }
}
