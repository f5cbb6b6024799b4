package brink.monitor.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void of_textThatFits_isTheText() {
    assertThat(Excerpt.of("12345", 5)).isEqualTo("12345");
    assertThat(Excerpt.of("", 1)).isEmpty();
  }

  @Test
  void of_longerText_isItsBeginning() {
    assertThat(Excerpt.of("123456", 5)).isEqualTo("1234…");
    assertThat(Excerpt.of("123456", 1)).isEqualTo("…");
  }

  @Test
  void of_longerText_halvesNoCharacter() {
    assertThat(Excerpt.of("a😀bc", 3)).isEqualTo("a…");
    assertThat(Excerpt.of("a😀bc", 4)).isEqualTo("a😀…");
  }
}
