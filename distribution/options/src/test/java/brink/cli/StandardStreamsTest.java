package brink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardStreamsTest {
  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "de_DE.utf8", "en_US"})
  void locale_thatNamesNoOtherCharacterSet_getsUtf8(String locale) {
    assertThat(StandardStreams.isAscii(Map.of("LC_ALL", locale))).isFalse();
    assertThat(StandardStreams.isAscii(Map.of("LANG", locale))).isFalse();
  }

  @Test
  void locale_withAnotherCharacterSet_getsAscii() {
    assertThat(StandardStreams.isAscii(Map.of("LANG", "de_DE.ISO-8859-1"))).isTrue();
    assertThat(StandardStreams.isAscii(Map.of("LC_ALL", "de_DE.UTF-8", "LANG", "de_DE.ISO-8859-1")))
        .isFalse();
    assertThat(StandardStreams.isAscii(Map.of("LC_ALL", "C.UTF-8", "BRINK_ASCII", "1"))).isTrue();
    assertThat(StandardStreams.isAscii(Map.of())).isFalse();
  }

  @Test
  void ascii_ofSymbols_isWords() {
    assertThat(ascii("s = η̃λ₁/2 → ‖w‖² ± 0.1, η = 0.5"))
        .isEqualTo("s = eta~lambda1/2 -> ||w||^2 +/- 0.1, eta = 0.5");
  }

  @Test
  void ascii_ofOtherLetters_isOneQuestionMarkEach() {
    assertThat(ascii("日本 😀!")).isEqualTo("?? ?!");
  }

  @Test
  void ascii_ofBytesThatAreNoUtf8_isQuestionMarks() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(new AsciiStream(out), true, StandardCharsets.UTF_8);
    stream.write(new byte[] {(byte) 0xb7, 'a', (byte) 0xe2, 'b'}, 0, 4);
    stream.close();

    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("?a?b");
  }

  private static String ascii(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(new AsciiStream(out), true, StandardCharsets.UTF_8)) {
      stream.print(text);
    }
    return out.toString(StandardCharsets.US_ASCII);
  }
}
