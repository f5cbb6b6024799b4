package brink.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {
  private final PageFiles page = new PageFiles("brink/monitor/web/testpage/");

  @Test
  void index_ofAPage_allowsNothingFromElsewhereAndIsAskedAboutEachTime() {
    Reply index = Objects.requireNonNull(page.index());

    assertThat(index.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(index.headers().get("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self';")
        .doesNotContain("unsafe");
    assertThat(index.headers()).containsEntry("Cache-Control", "no-cache").containsKey("ETag");
  }

  @Test
  void asset_whoseNameChangesWithIt_isKeptForEver() {
    Reply asset = Objects.requireNonNull(page.asset("app-1a2b.js"));

    assertThat(asset.contentType()).isEqualTo("text/javascript; charset=utf-8");
    assertThat(asset.headers().get("Cache-Control")).contains("immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none.js",
        "../index.html",
        "..",
        ".hidden.js",
        "a/b.js",
        "app-1a2b",
        "",
        "x.class"
      })
  void asset_thatIsNotThereOrNoName_isNull(String name) {
    assertThat(page.asset(name)).isNull();
  }

  @Test
  void index_withoutAPage_isNull() {
    assertThat(new PageFiles("brink/monitor/web/nopage/").index()).isNull();
  }
}
