package brink.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaSettingsTest {
  @TempDir Path folder;

  @Test
  void load_withoutAnything_takesTheLocalBroker() {
    assertThat(KafkaSettings.load(null, null)).isEqualTo(KafkaSettings.of("localhost:9092"));
  }

  @Test
  void load_withServersInFile_takesThemUnlessGivenOnes() throws IOException {
    Path file = write("bootstrap.servers=far:9093\nsecurity.protocol=SASL_SSL\n");

    assertThat(KafkaSettings.load(null, file).bootstrapServers()).isEqualTo("far:9093");
    assertThat(KafkaSettings.load("near:9092", file).admin())
        .containsEntry("bootstrap.servers", "near:9092")
        .containsEntry("security.protocol", "SASL_SSL");
  }

  @Test
  void load_missingFile_saysSo() {
    Path missing = folder.resolve("none.properties");

    assertThatThrownBy(() -> KafkaSettings.load(null, missing))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessage(
            "cannot read the Kafka client properties in "
                + missing
                + " (no such file); check --config");
  }

  @Test
  void load_folder_saysSo() {
    assertThatThrownBy(() -> KafkaSettings.load(null, folder))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("it is a folder");
  }

  @Test
  void load_binaryFile_saysSo() throws IOException {
    Path binary = folder.resolve("binary");
    Files.write(binary, new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF});

    assertThatThrownBy(() -> KafkaSettings.load(null, binary))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("not a properties file in UTF-8");
  }

  @Test
  void of_blankServers_saysWhatToGive() {
    assertThatThrownBy(() -> KafkaSettings.of(" "))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("--bootstrap-servers");
  }

  @Test
  void producer_withUserSettings_letsThemChangeTuningButNotGuarantees() {
    KafkaSettings settings =
        new KafkaSettings(
            "a:1",
            Map.of(
                "acks",
                "0",
                "enable.idempotence",
                "false",
                "max.in.flight.requests.per.connection",
                "5",
                "max.block.ms",
                "1"));

    assertThat(settings.producer())
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("max.in.flight.requests.per.connection", "1")
        .containsEntry("max.block.ms", "1")
        .containsEntry("max.request.size", Integer.toString(Topic.LARGEST_RECORD));
  }

  @Test
  void producer_forAnOutage_waitsAsLongAndIsAcceptedByKafkaHoweverShortItIs() {
    KafkaSettings settings = new KafkaSettings("localhost:1", Map.of("linger.ms", "100"));
    for (Duration outage : List.of(Duration.ofSeconds(1), Duration.ofHours(12))) {
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(
              settings.producer(outage), new StringSerializer(), new StringSerializer())) {
        assertThat(producer.metrics()).isNotEmpty();
      }
      assertThat(settings.producer(outage))
          .containsEntry("delivery.timeout.ms", Math.toIntExact(outage.toMillis()))
          .containsEntry("enable.idempotence", "true");
    }
  }

  @Test
  void deliveryTimeout_ofTheUser_isReadAndChecked() {
    assertThat(KafkaSettings.of("a:1").deliveryTimeout()).isNull();
    assertThat(withDeliveryTimeout("30000").deliveryTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThatThrownBy(() -> withDeliveryTimeout("30s").deliveryTimeout())
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("delivery.timeout.ms is '30s', which is not a number");
  }

  private static KafkaSettings withDeliveryTimeout(String value) {
    return new KafkaSettings("a:1", Map.of("delivery.timeout.ms", value));
  }

  @Test
  void producer_always_isAcceptedByKafka() {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            KafkaSettings.of("localhost:1").producer(),
            new StringSerializer(),
            new StringSerializer())) {
      assertThat(producer.metrics()).isNotEmpty();
    }
  }

  @Test
  void consumer_withUserSettings_staysReadCommittedWithoutCommits() {
    KafkaSettings settings =
        new KafkaSettings(
            "a:1", Map.of("isolation.level", "read_uncommitted", "enable.auto.commit", "true"));

    assertThat(settings.consumer())
        .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false")
        .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
  }

  @Test
  void streams_always_letsRejectedRecordsThrough() {
    assertThat(KafkaSettings.of("a:1").streams())
        .containsEntry("producer.max.request.size", Integer.toString(Topic.LARGEST_RECORD));
  }

  @Test
  void toString_withPassword_showsItsNameOnly() {
    KafkaSettings settings = new KafkaSettings("a:1", Map.of("sasl.jaas.config", "hunter2"));

    assertThat(settings.toString()).contains("a:1", "sasl.jaas.config").doesNotContain("hunter2");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("client.properties"), text);
  }
}
