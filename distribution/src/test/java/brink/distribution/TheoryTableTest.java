package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/theory.md names what exists: equation, class, test. */
class TheoryTableTest {
  private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*)(?:\\.(\\w+))?`");
  private static final Path PAGE = Path.of("docs/theory.md");

  private final Path root = root();
  private final Map<String, String> sources = sources();

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(PAGE))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no " + PAGE + " above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  /** Texts of all classes with one name; two of a name are joined. */
  private Map<String, String> sources() {
    return Stream.of("schemas", "trainer", "monitor", "distribution")
        .flatMap(module -> javaFiles(root.resolve(module)))
        .collect(
            Collectors.toMap(
                file -> Objects.requireNonNull(file.getFileName()).toString().replace(".java", ""),
                TheoryTableTest::read,
                String::concat));
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().matches(".*/src/.*\\.java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows of the table that begins with "equation". */
  private List<String[]> rows() {
    return read(root.resolve(PAGE))
        .lines()
        .dropWhile(line -> !line.startsWith("| equation |"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> line.split("\\|", -1))
        .toList();
  }

  @Test
  void table_everyRow_hasEquationClassAndTest() {
    assertThat(rows())
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row).hasSize(5);
              assertThat(row[1]).isNotBlank();
              assertThat(row[2]).containsPattern(NAME);
              assertThat(row[3]).containsPattern(NAME);
            });
  }

  @Test
  void table_everyName_exists() {
    assertThat(rows().stream().flatMap(row -> NAME.matcher(row[2] + row[3]).results()))
        .isNotEmpty()
        .allSatisfy(
            name -> {
              assertThat(sources).containsKey(name.group(1));
              if (name.group(2) != null) {
                assertThat(sources.get(name.group(1))).contains("void " + name.group(2) + "(");
              }
            });
  }
}
