package brink.cli;

import brink.schemas.KafkaSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka is, as every command takes it. */
public final class KafkaOptions {
  @Option(
      names = {"-b", "--bootstrap-servers"},
      paramLabel = "HOST:PORT",
      description =
          "Kafka to use (default: bootstrap.servers of --config, else "
              + KafkaSettings.DEFAULT_BOOTSTRAP_SERVERS
              + ")")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Kafka client properties (security.protocol, sasl.*, ssl.*, …) as Kafka's own tools take"
              + " them")
  private @Nullable Path config;

  /** Uses another Kafka than the one the command line names. */
  public void use(String servers) {
    bootstrapServers = servers;
  }

  /**
   * The settings that the options say.
   *
   * @throws brink.schemas.KafkaSetupException if the file cannot be read
   */
  public KafkaSettings settings() {
    return KafkaSettings.load(bootstrapServers, config);
  }
}
