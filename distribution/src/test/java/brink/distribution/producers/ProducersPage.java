package brink.distribution.producers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What {@code docs/producers.md} shows. */
record ProducersPage(String text) {
  private static final Path FILE = Path.of("../docs/producers.md");

  static ProducersPage read() throws IOException {
    return new ProducersPage(Files.readString(FILE));
  }

  /** The only block of code in this language. */
  String code(String language) {
    return matches("```" + language + "\n(.*?)```").getFirst().group(1);
  }

  /** Cells of the rows of a table whose header begins with this cell. */
  List<List<String>> table(String firstHeader) {
    String rows =
        matches("\\| " + Pattern.quote(firstHeader) + " \\|[^\n]*\n\\|[-|]*\n((?:\\|[^\n]*\n)*)")
            .getFirst()
            .group(1);
    return rows.lines()
        .map(row -> List.of(row.substring(2, row.length() - 2).split(" \\| ")))
        .toList();
  }

  private List<MatchResult> matches(String pattern) {
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).results().toList();
  }
}
