package brink.monitor;

import brink.schemas.KafkaSettings;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;

/**
 * Whether a broker answers. Kafka Streams stays RUNNING for minutes without one, since it retries;
 * readiness must not.
 */
final class BrokerProbe implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** Answers are good for this long, so that health checks do not load the broker. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Admin admin;
  private final String servers;
  private long askedAt;
  private boolean asked;
  private @Nullable String problem;

  BrokerProbe(KafkaSettings kafka) {
    admin = Admin.create(kafka.admin());
    servers = kafka.bootstrapServers();
  }

  /** What is wrong, in one sentence; null where a broker answers. */
  synchronized @Nullable String problem() {
    if (!asked || System.nanoTime() - askedAt > FRESH.toNanos()) {
      problem = ask();
      askedAt = System.nanoTime();
      asked = true;
    }
    return problem;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private @Nullable String ask() {
    int millis = Math.toIntExact(TIMEOUT.toMillis());
    try {
      admin
          .describeCluster(new DescribeClusterOptions().timeoutMs(millis))
          .clusterId()
          .get(millis, TimeUnit.MILLISECONDS);
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted while asking Kafka at " + servers;
    } catch (ExecutionException | TimeoutException e) {
      return "no Kafka broker answers at " + servers + "; check that it runs";
    }
  }
}
