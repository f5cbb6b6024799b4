package brink.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
  private final HostCheck check = new HostCheck("gpu.example.org", Set.of("Brink.Example.Org"));

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "127.0.0.1:9404",
        "localhost",
        "LocalHost:9404",
        "brink.localhost:1",
        "[::1]:9404",
        "10.0.0.7",
        "monitor:9404",
        "gpu.example.org:9404",
        "gpu.example.org.",
        "brink.example.org"
      })
  void allows_addressesPlainNamesAndOwnNames_isTrue(String host) {
    assertThat(check.allows(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:9404",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "gpu.example.org.evil.example",
        "1.2.3.4x.example"
      })
  void allows_namesOfStrangers_isFalse(String host) {
    assertThat(check.allows(host)).isFalse();
  }

  @Test
  void isOwnOrigin_byOrigin_isTrueForThisServerAlone() {
    assertThat(HostCheck.isOwnOrigin(null, "a:1")).isTrue();
    assertThat(HostCheck.isOwnOrigin("http://a:1", "a:1")).isTrue();
    assertThat(HostCheck.isOwnOrigin("http://a:2", "a:1")).isFalse();
    assertThat(HostCheck.isOwnOrigin("null", "a:1")).isFalse();
    assertThat(HostCheck.isOwnOrigin("http://a:1", null)).isFalse();
  }
}
