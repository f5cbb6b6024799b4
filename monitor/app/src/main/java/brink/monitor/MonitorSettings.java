package brink.monitor;

import brink.monitor.metrics.RunMetrics;
import brink.monitor.run.FoldSettings;
import brink.monitor.web.HttpSettings;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a monitor runs.
 *
 * @param kafka where Kafka is
 * @param applicationId the same for all instances that share the work
 * @param instanceId name of this instance that outlives a restart, so that it has its runs back at
 *     once even after a kill; null for none. No two running instances may have the same
 * @param stateDir folder of this process alone; null for a temporary one
 * @param partitions of topics that are missing
 * @param replication of topics that are missing, Kafka Streams' own among them
 * @param stalledAfter wall-clock time without an event after which a run is STALLED
 * @param fold settings of detector and flow, the same for all instances of one application id
 * @param http how to serve
 * @param retention how long meters outlive their run
 */
public record MonitorSettings(
    KafkaSettings kafka,
    String applicationId,
    @Nullable String instanceId,
    @Nullable Path stateDir,
    int partitions,
    Replication replication,
    Duration stalledAfter,
    FoldSettings fold,
    HttpSettings http,
    RunMetrics.Retention retention) {
  /** Application id unless another is given. */
  public static final String DEFAULT_APPLICATION_ID = "brink-monitor";

  /** Loopback: what is served is not protected. */
  public static final String DEFAULT_HTTP_HOST = "127.0.0.1";

  /** Port unless another is given. */
  public static final int DEFAULT_HTTP_PORT = 9404;

  /** Longer than a step of any but the largest nets. */
  public static final Duration DEFAULT_STALLED_AFTER = Duration.ofMinutes(1);

  public MonitorSettings {
    if (stalledAfter.isNegative() || stalledAfter.isZero()) {
      throw new IllegalArgumentException("the time after which a run is stalled must be positive");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("a topic has at least one partition");
    }
  }

  /** The defaults. */
  public static MonitorSettings of(KafkaSettings kafka) {
    return new MonitorSettings(
        kafka,
        DEFAULT_APPLICATION_ID,
        null,
        null,
        Topic.DEFAULT_PARTITIONS,
        Replication.AUTOMATIC,
        DEFAULT_STALLED_AFTER,
        FoldSettings.defaults(),
        HttpSettings.at(DEFAULT_HTTP_HOST, DEFAULT_HTTP_PORT),
        RunMetrics.Retention.DEFAULT);
  }

  /** These settings for an application and instance of this name. */
  public MonitorSettings named(String application, @Nullable String instance) {
    return new MonitorSettings(
        kafka,
        application,
        instance,
        stateDir,
        partitions,
        replication,
        stalledAfter,
        fold,
        http,
        retention);
  }

  /** These settings with a state folder. */
  public MonitorSettings withStateDir(@Nullable Path folder) {
    return new MonitorSettings(
        kafka,
        applicationId,
        instanceId,
        folder,
        partitions,
        replication,
        stalledAfter,
        fold,
        http,
        retention);
  }

  /** These settings with another number of partitions. */
  public MonitorSettings withPartitions(int count) {
    return new MonitorSettings(
        kafka,
        applicationId,
        instanceId,
        stateDir,
        count,
        replication,
        stalledAfter,
        fold,
        http,
        retention);
  }

  /** These settings with another number of copies. */
  public MonitorSettings withReplication(Replication copies) {
    return new MonitorSettings(
        kafka,
        applicationId,
        instanceId,
        stateDir,
        partitions,
        copies,
        stalledAfter,
        fold,
        http,
        retention);
  }

  /** These settings with another patience. */
  public MonitorSettings withStalledAfter(Duration silence) {
    return new MonitorSettings(
        kafka,
        applicationId,
        instanceId,
        stateDir,
        partitions,
        replication,
        silence,
        fold,
        http,
        retention);
  }

  /** These settings with another detector and flow. */
  public MonitorSettings withFold(FoldSettings settings) {
    return new MonitorSettings(
        kafka,
        applicationId,
        instanceId,
        stateDir,
        partitions,
        replication,
        stalledAfter,
        settings,
        http,
        retention);
  }

  /** These settings with another address. */
  public MonitorSettings servedAt(String host, int port) {
    return served(http.servedAt(host, port));
  }

  /** These settings, served otherwise. */
  public MonitorSettings served(HttpSettings settings) {
    return new MonitorSettings(
        kafka,
        applicationId,
        instanceId,
        stateDir,
        partitions,
        replication,
        stalledAfter,
        fold,
        settings,
        retention);
  }
}
