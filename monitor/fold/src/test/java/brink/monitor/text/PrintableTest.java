package brink.monitor.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {
  @Test
  void of_plainText_isTheText() {
    assertThat(Printable.of("run 1, λ → \uD83D\uDE00")).isEqualTo("run 1, λ → \uD83D\uDE00");
  }

  @Test
  void of_whatATerminalObeys_isSpelledOut() {
    assertThat(Printable.of("\u001b[31mred\n\u202eback"))
        .isEqualTo("\\u001b[31mred\\u000a\\u202eback");
  }
}
