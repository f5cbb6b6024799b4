package brink.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KafkaOptionsTest {
  @TempDir Path folder;

  private static KafkaOptions parse(String... arguments) {
    return CommandLine.populateCommand(new KafkaOptions(), arguments);
  }

  private String config() throws IOException {
    Path file = folder.resolve("client.properties");
    Files.writeString(file, "bootstrap.servers=kafka:9093\nsecurity.protocol=SSL\n");
    return file.toString();
  }

  @Test
  void settings_nothingGiven_areTheLocalBroker() {
    assertThat(parse().settings())
        .isEqualTo(KafkaSettings.of(KafkaSettings.DEFAULT_BOOTSTRAP_SERVERS));
  }

  @Test
  void settings_servers_areTaken() {
    assertThat(parse("-b", "a:1,b:2").settings().bootstrapServers()).isEqualTo("a:1,b:2");
    assertThat(parse("--bootstrap-servers=a:1").settings().bootstrapServers()).isEqualTo("a:1");
  }

  @Test
  void settings_configFile_isReadUnderTheServersGiven() throws IOException {
    KafkaSettings ofFile = parse("--config", config()).settings();
    assertThat(ofFile.bootstrapServers()).isEqualTo("kafka:9093");
    assertThat(ofFile.clientProperties()).containsEntry("security.protocol", "SSL");
    assertThat(parse("--config", config(), "-b", "a:1").settings().bootstrapServers())
        .isEqualTo("a:1");
  }

  @Test
  void use_otherServers_goesBeforeTheCommandLine() {
    KafkaOptions options = parse("-b", "a:1");
    options.use("localhost:4711");
    assertThat(options.settings().bootstrapServers()).isEqualTo("localhost:4711");
  }

  @Test
  void settings_missingFile_namesIt() {
    KafkaOptions options = parse("--config", folder.resolve("none").toString());
    assertThatThrownBy(options::settings)
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("no such file")
        .hasMessageContaining("--config");
  }
}
