package brink.monitor.cli;

import brink.schemas.KafkaSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach Kafka; the same options for every command. */
public final class KafkaOptions {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,…",
      description =
          "Kafka brokers (default: those of --config, else "
              + KafkaSettings.DEFAULT_BOOTSTRAP_SERVERS
              + ").")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Kafka client properties (SASL, TLS), as Kafka's own tools take them.")
  private @Nullable Path config;

  /**
   * The settings.
   *
   * @throws brink.schemas.KafkaSetupException if the file cannot be read
   */
  public KafkaSettings settings() {
    return KafkaSettings.load(bootstrapServers, config);
  }
}
