package brink.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which column holds the targets.
 *
 * @param text name, number from 1 on, first or last; null for the last
 */
record TargetColumn(@Nullable String text) {
  /**
   * Where it is in a table without names, for all that is known yet.
   *
   * @param names that there may be
   * @throws DataException if it is the number of no column
   */
  int unnamed(Path file, List<String> names, int width) {
    if (text == null || !text.matches("\\d+|first")) {
      return width - 1;
    }
    int column = text.equals("first") ? 0 : text.length() < 10 ? Integer.parseInt(text) - 1 : -1;
    if ((column < 0 || column >= width) && !names.contains(text)) {
      throw new DataException(
          "%s: target=%s is not a column, there are %d, from 1 on".formatted(file, text, width));
    }
    return column;
  }

  /** What may be the name of a column; null if it is none. */
  @Nullable String name() {
    return text == null || text.matches("\\d+|first|last") ? null : text;
  }

  /**
   * Where it is.
   *
   * @param header null if there is none
   * @throws DataException if there is no such column
   */
  int of(Path file, @Nullable List<String> header, int width) {
    if (text == null) {
      return width - 1;
    }
    if (header != null && header.contains(text)) {
      if (header.indexOf(text) != header.lastIndexOf(text)) {
        throw new DataException(
            "%s: several columns are called %s; give target= the number of one, from 1 on"
                .formatted(file, Shown.quoted(text)));
      }
      return header.indexOf(text);
    }
    if (name() != null) {
      throw unknown(file, header);
    }
    return unnamed(file, header == null ? List.of() : header, width);
  }

  private DataException unknown(Path file, @Nullable List<String> header) {
    return header == null
        ? new DataException(
            "%s: target '%s' asked for, but the first row is not a header; give the number of a column from 1 on, first or last"
                .formatted(file, text))
        : new DataException(
            "%s: no column '%s', the header has %s"
                .formatted(
                    file, text, header.stream().map(Shown::of).collect(Collectors.joining(", "))));
  }
}
