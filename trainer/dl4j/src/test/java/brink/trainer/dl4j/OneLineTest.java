package brink.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.dl4j.zip.OneLine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void of_controlCharacters_areEscaped() {
    assertThat(OneLine.of("a\u001b[2Jb\u202ec\nd")).isEqualTo("a\\u001b[2Jb\\u202ec");
  }

  @Test
  void of_longText_isCut() {
    assertThat(OneLine.of("é".repeat(301))).hasSize(301).endsWith("é…");
    assertThat(OneLine.of("é".repeat(300))).hasSize(300).endsWith("é");
  }

  @Test
  void of_failureThatOnlyWraps_isItsCause() {
    IOException cause = new IOException("not here\nnor there");

    assertThat(OneLine.of(new IllegalStateException(cause))).isEqualTo("not here");
    assertThat(OneLine.of(new IllegalStateException("more", cause))).isEqualTo("more");
    assertThat(OneLine.of(new StackOverflowError())).isEqualTo("StackOverflowError");
  }
}
