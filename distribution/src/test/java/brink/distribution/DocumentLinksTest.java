package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between the pages lead somewhere, and so do the pages that comments name. */
class DocumentLinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern PAGE_NAMED = Pattern.compile("\\bdocs/[\\w/.-]*\\.md\\b");

  /** The study of the detector prints the headings of its tables, which change with it. */
  private static final Path PRINTED = Path.of("detection.md");

  private static final Path ROOT = root();

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("CHANGELOG.md"))) {
      folder = Objects.requireNonNull(folder.getParent());
    }
    return folder;
  }

  private static Stream<Path> files(String ending) {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(
              file ->
                  !ROOT.relativize(file)
                      .toString()
                      .matches("(.*/)?(target|node_modules|\\.git)/.*"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Path> pages() {
    return files(".md");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What GitHub calls the headings of a page. */
  private static Stream<String> anchors(Path page) {
    return read(page)
        .lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(
            heading -> heading.replaceAll("[^\\p{L}\\p{M}\\p{Nd}\\p{Pc} -]", "").replace(' ', '-'));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_ofAPage_leadToFilesAndHeadings(Path page) {
    Path folder = Objects.requireNonNull(page.getParent());
    assertThat(LINK.matcher(read(page)).results().map(link -> link.group(1)))
        .filteredOn(link -> !link.matches("\\w+:.*"))
        .allSatisfy(
            link -> {
              String[] parts = link.split("#", 2);
              Path target = parts[0].isEmpty() ? page : folder.resolve(parts[0]);
              assertThat(target).exists();
              if (parts.length == 2 && !target.endsWith(PRINTED)) {
                assertThat(anchors(target)).contains(parts[1]);
              }
            });
  }

  @Test
  void decisions_everyTitle_isInTheListOfAll() {
    String list = read(ROOT.resolve("docs/decisions.md"));
    assertThat(pages().filter(page -> page.startsWith(ROOT.resolve("docs/decisions"))))
        .isNotEmpty()
        .allSatisfy(
            page ->
                assertThat(read(page).lines().filter(line -> line.startsWith("## ")))
                    .isNotEmpty()
                    .allSatisfy(
                        title ->
                            assertThat(list)
                                .contains(
                                    "[%s](decisions/%s#"
                                        .formatted(title.substring(3), page.getFileName()))));
  }

  @Test
  void pages_thatSourcesName_exist() {
    assertThat(
            files(".java")
                .flatMap(file -> PAGE_NAMED.matcher(read(file)).results())
                .map(MatchResult::group)
                .distinct())
        .contains("docs/theory.md")
        .allSatisfy(page -> assertThat(ROOT.resolve(page)).exists());
  }
}
