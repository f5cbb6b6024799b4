package brink.distribution.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokerSettingsTest {
  private static final Path DATA = Path.of("data");

  @Test
  void local_always_isLoopback() {
    assertThat(BrokerSettings.local(DATA, 9092).bootstrapServers()).isEqualTo("localhost:9092");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void listening_everyInterface_advertisesAHostThatClientsCanReach(String wildcard) {
    assertThat(BrokerSettings.listening(DATA, wildcard, 9092).advertisedHost())
        .isNotEqualTo(wildcard)
        .isNotBlank();
  }

  @Test
  void listening_ipv6_isWrittenInBrackets() {
    assertThat(BrokerSettings.listening(DATA, "::1", 9092).bootstrapServers())
        .isEqualTo("[::1]:9092");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536})
  void local_impossiblePort_saysWhichArePossible(int port) {
    assertThatThrownBy(() -> BrokerSettings.local(DATA, port))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("1 to 65535");
  }

  @Test
  void listening_unknownHost_saysWhatToUse() {
    assertThatThrownBy(() -> BrokerSettings.listening(DATA, "no-such-host.invalid", 9092))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("localhost or 0.0.0.0");
  }
}
