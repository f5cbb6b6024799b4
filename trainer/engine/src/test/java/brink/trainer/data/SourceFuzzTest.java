package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Any text as the argument of --data: a source or an error of one line. */
class SourceFuzzTest {
  @FuzzTest
  void parse_anyText_isASourceOrRefused(byte[] bytes) {
    try {
      assertThat(DataSource.parse(new String(bytes, StandardCharsets.UTF_8))).isNotNull();
    } catch (DataException e) {
      assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
    }
  }
}
