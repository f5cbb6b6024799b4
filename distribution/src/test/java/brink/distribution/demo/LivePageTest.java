package brink.distribution.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LivePageTest {
  private static final URI MONITOR = URI.create("http://127.0.0.1:9404/");

  @Test
  void of_anyRunId_isOneSegment() {
    assertThat(LivePage.of(MONITOR, "bn-linear-1"))
        .hasToString("http://127.0.0.1:9404/#/runs/bn-linear-1");
    assertThat(LivePage.of(MONITOR, "a/b c#d"))
        .hasToString("http://127.0.0.1:9404/#/runs/a%2Fb%20c%23d");
  }

  @Test
  void open_aProgram_getsTheAddress(@TempDir Path folder) {
    Path seen = folder.resolve("seen");
    Browser browser = Browser.of(List.of("sh", "-c", "printf %s \"$1\" > " + seen, "sh"));
    assertThat(browser.open(LivePage.of(MONITOR, "r"))).isTrue();
    await().until(() -> Files.exists(seen) && Files.size(seen) > 0);
    assertThat(seen).hasContent("http://127.0.0.1:9404/#/runs/r");
  }

  @Test
  void open_noSuchProgram_isSaid() {
    assertThat(Browser.of(List.of("no-such-program")).open(MONITOR)).isFalse();
  }
}
