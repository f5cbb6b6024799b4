package brink.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {
  private static final int LARGE = 100_000;

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate, GZIP;q=0.5", "x-gzip", "*", "br;q=1.0, *;q=0.1"})
  void of_clientThatTakesGzip_isGzip(String accepted) {
    assertThat(ContentCoding.of(accepted, LARGE)).isEqualTo(ContentCoding.GZIP);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "identity", "br", "gzip;q=0", "gzip; q=0.000, *", "*;q=0", "gzip;q=x"})
  void of_clientThatDoesNot_isIdentity(String accepted) {
    assertThat(ContentCoding.of(accepted, LARGE)).isEqualTo(ContentCoding.IDENTITY);
  }

  @Test
  void of_smallBody_isIdentity() {
    assertThat(ContentCoding.of("gzip", 100)).isEqualTo(ContentCoding.IDENTITY);
  }

  @Test
  void encode_gzip_isTheBodyInFewerBytes() throws IOException {
    byte[] body = "brink_loss{run=\"a\"} 0.5\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);

    byte[] sent = ContentCoding.GZIP.encode(body);

    assertThat(sent).hasSizeLessThan(body.length / 10);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      assertThat(in.readAllBytes()).isEqualTo(body);
    }
  }
}
