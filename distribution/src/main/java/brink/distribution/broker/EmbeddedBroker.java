package brink.distribution.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable single-node Kafka broker in this process, on a fixed port. What it acknowledged
 * outlives the process, also when that is killed; it does not outlive a power failure, because
 * Kafka leaves writing back to the operating system.
 *
 * <p>One to a JVM is what it is made for. It installs no shutdown hook: whoever starts it closes
 * it.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final BrokerSettings settings;
  private final DataDirectory data;
  private final HaltInterception interception;
  private final KafkaRaftServer server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(
      BrokerSettings settings,
      DataDirectory data,
      HaltInterception interception,
      KafkaRaftServer server) {
    this.settings = settings;
    this.data = data;
    this.interception = interception;
    this.server = server;
  }

  /**
   * Starts a broker and returns when it takes requests; formats the folder if it is empty,
   * otherwise goes on with its data.
   *
   * @throws BrokerException if the port is taken or the folder cannot be used
   */
  public static EmbeddedBroker start(BrokerSettings settings) {
    Ports.requireFree(settings.listenHost(), settings.port());
    DataDirectory data = DataDirectory.open(settings.dataDir());
    HaltInterception interception = HaltInterception.install();
    try {
      KafkaRaftServer server = create(settings);
      ServerLifecycle.start(server, interception.halted());
      log.debug("broker on {}, data in {}", settings.bootstrapServers(), settings.dataDir());
      return new EmbeddedBroker(settings, data, interception, server);
    } catch (RuntimeException e) {
      interception.close();
      data.close();
      throw failure(settings, "could not start", e);
    }
  }

  /** What clients are given as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  /**
   * Completes if the broker gives up while it runs, for example because the disk is full; then
   * close it.
   */
  public CompletableFuture<BrokerException> failure() {
    return interception.halted().thenApply(cause -> failure(settings, "gave up", cause));
  }

  /** Stops the broker cleanly. A second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ServerLifecycle.stop(server);
      interception.close();
      data.close();
      log.debug("broker on {} stopped", settings.bootstrapServers());
    }
  }

  private static KafkaRaftServer create(BrokerSettings settings) {
    return new KafkaRaftServer(
        new KafkaConfig(BrokerConfig.of(settings, Ports.free())), Time.SYSTEM);
  }

  private static BrokerException failure(BrokerSettings settings, String what, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new BrokerException(
        "the embedded broker %s (%s); check the free space and permissions of %s, and run with BRINK_KAFKA_LOG=INFO for more"
            .formatted(what, root.getMessage(), settings.dataDir()),
        cause);
  }
}
