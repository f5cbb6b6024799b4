package brink.schemas;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Kafka. Each client's settings are three layers: Brink's defaults, over them the
 * user's client properties (SASL, TLS, tuning), over both what Brink's guarantees rest on.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param clientProperties the user's client properties; may hold secrets
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> clientProperties) {
  /** Where a broker on this machine listens by default. */
  public static final String DEFAULT_BOOTSTRAP_SERVERS = "localhost:9092";

  /**
   * Kafka's default of 60 s is too long for a person who waits at a terminal, and for a training
   * step.
   */
  private static final String PATIENCE_MS = "15000";

  /** Kafka's default of {@code request.timeout.ms}. */
  private static final int REQUEST_TIMEOUT_MS = 30_000;

  public KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new KafkaSetupException("no Kafka address; give --bootstrap-servers HOST:PORT");
    }
    clientProperties = Map.copyOf(clientProperties);
  }

  /** Settings for a broker without authentication. */
  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(bootstrapServers, Map.of());
  }

  /**
   * Settings with a client properties file.
   *
   * @param bootstrapServers {@code host:port,…}; null takes the file's, or {@link
   *     #DEFAULT_BOOTSTRAP_SERVERS}
   * @param configFile Java properties as Kafka's own tools take them ({@code --command-config});
   *     null for none
   * @throws KafkaSetupException if the file cannot be read
   */
  public static KafkaSettings load(@Nullable String bootstrapServers, @Nullable Path configFile) {
    Map<String, String> properties = configFile == null ? Map.of() : read(configFile);
    String servers =
        bootstrapServers != null
            ? bootstrapServers
            : properties.getOrDefault(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, DEFAULT_BOOTSTRAP_SERVERS);
    return new KafkaSettings(servers, properties);
  }

  /** Whether connections are encrypted. */
  boolean speaksTls() {
    return securityProtocol().endsWith("SSL");
  }

  /** Whether connections begin with user name and password, or what takes their place. */
  boolean logsIn() {
    return securityProtocol().startsWith("SASL");
  }

  /** How connections are made, such as {@code SASL_SSL}; Kafka's default is {@code PLAINTEXT}. */
  String securityProtocol() {
    return clientProperties
        .getOrDefault(
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
            CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
        .strip()
        .toUpperCase(Locale.ROOT);
  }

  /** Settings of an admin client. */
  public Map<String, Object> admin() {
    return layered(
        Map.of(
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS),
        Map.of());
  }

  /**
   * Settings of a producer that neither loses nor repeats acknowledged records; serializers are the
   * caller's.
   */
  public Map<String, Object> producer() {
    return layered(
        Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            PATIENCE_MS,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            Integer.toString(Topic.LARGEST_RECORD)),
        Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            "true",
            ProducerConfig.ACKS_CONFIG,
            "all",
            // the broker takes any first sequence number, so that a batch can overtake the first
            // one of a new partition, which is then refused for ever (KAFKA-15591)
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            "1"));
  }

  /**
   * Settings of such a producer whose records wait for a broker as long as is asked for. A record
   * that is sent again within this time keeps its sequence number, by which brokers know it: it is
   * in the log once, and before all that follow.
   *
   * @param outage how long a record may wait; under a day, after which brokers forget a producer
   *     that was silent ({@code producer.id.expiration.ms})
   */
  public Map<String, Object> producer(Duration outage) {
    Map<String, Object> settings = producer();
    int delivery = Math.toIntExact(outage.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
    // Kafka wants a request's patience, and the time for which a batch is collected, within it
    if (delivery < 2 * REQUEST_TIMEOUT_MS) {
      settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, delivery / 2);
    }
    return settings;
  }

  /**
   * How long the user's client properties let a record wait; null where they say nothing.
   *
   * @throws KafkaSetupException if they say no number
   */
  public @Nullable Duration deliveryTimeout() {
    String millis = clientProperties.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    try {
      return millis == null ? null : Duration.ofMillis(Integer.parseInt(millis.strip()));
    } catch (NumberFormatException e) {
      throw new KafkaSetupException(
          "delivery.timeout.ms is '%s', which is not a number of milliseconds; correct it in --config"
              .formatted(millis),
          e);
    }
  }

  /**
   * Settings of a consumer that reads topics from their start and commits nothing; it needs no
   * group.
   */
  public Map<String, Object> consumer() {
    return layered(
        Map.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS,
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS),
        Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"));
  }

  /**
   * Settings that every Kafka Streams application of Brink shares; the application adds its own.
   */
  public Map<String, Object> streams() {
    return layered(
        Map.of(
            "producer." + ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            Integer.toString(Topic.LARGEST_RECORD)),
        Map.of());
  }

  /** Names the servers and which properties were set, never their values. */
  @Override
  public String toString() {
    return "KafkaSettings["
        + bootstrapServers
        + ", set: "
        + new TreeSet<>(clientProperties.keySet())
        + "]";
  }

  private Map<String, Object> layered(
      Map<String, String> defaults, Map<String, String> essentials) {
    Map<String, Object> settings = new HashMap<>(defaults);
    settings.putAll(clientProperties);
    settings.putAll(essentials);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return settings;
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new KafkaSetupException(
          "cannot read the Kafka client properties in "
              + file
              + " ("
              + reason(file)
              + "); check --config",
          e);
    }
    Map<String, String> map = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
    return map;
  }

  private static String reason(Path file) {
    if (Files.notExists(file)) {
      return "no such file";
    }
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    return Files.isReadable(file) ? "not a properties file in UTF-8" : "no permission";
  }
}
