package brink.trainer.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of an array in NumPy's format: a Python dictionary with three keys.
 *
 * @param type of the numbers, for example {@code <f8}
 * @param fortran whether the first axis runs fastest in the file, and not the last
 * @param shape lengths of the axes
 */
record NpyHeader(String type, boolean fortran, List<Long> shape) {
  /** Digits of an axis: more would be no length of a file. */
  private static final int MOST_DIGITS = 15;

  /**
   * Reads it.
   *
   * @param name of the file, for messages
   * @throws DataException if it is none
   */
  static NpyHeader parse(String name, String text) {
    try {
      Map<String, Object> entries = new Scanner(text).dictionary();
      if (entries.get("descr") instanceof String type
          && entries.get("fortran_order") instanceof Boolean fortran
          && entries.get("shape") instanceof Shape(List<Long> axes)) {
        return new NpyHeader(type, fortran, axes);
      }
      if (entries.get("descr") instanceof Shape) {
        throw new DataException(
            "%s: holds records of several fields, expected numbers; save one field, x['NAME']"
                .formatted(name));
      }
    } catch (IllegalArgumentException e) {
      // Said below, with what was found.
    }
    throw new DataException(
        "%s: expected the header of a NumPy array, found %s; write it again with numpy.save"
            .formatted(name, Shown.quoted(text.strip())));
  }

  /** What stands in brackets; of no numbers where it is no shape. */
  private record Shape(List<Long> axes) {}

  /** Reads Python's literals, as far as NumPy writes them here. */
  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    Map<String, Object> dictionary() {
      Map<String, Object> entries = new HashMap<>();
      take('{');
      while (peek() != '}') {
        String key = string();
        take(':');
        entries.put(key, value());
        if (peek() != '}') {
          take(',');
        }
      }
      take('}');
      if (at < text.length() && peek() != '\0') {
        throw wrong();
      }
      return entries;
    }

    private Object value() {
      char next = peek();
      if (next == '\'' || next == '"') {
        return string();
      }
      if (next == '(') {
        return shape();
      }
      if (next == '[') {
        at = text.lastIndexOf(']') + 1;
        if (at == 0) {
          throw wrong();
        }
        return new Shape(List.of());
      }
      if (text.startsWith("True", at)) {
        at += 4;
        return true;
      }
      if (text.startsWith("False", at)) {
        at += 5;
        return false;
      }
      throw wrong();
    }

    private Shape shape() {
      List<Long> axes = new ArrayList<>();
      take('(');
      while (peek() != ')') {
        axes.add(number());
        if (peek() != ')') {
          take(',');
        }
      }
      take(')');
      return new Shape(axes);
    }

    private long number() {
      peek();
      int from = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at == from || at - from > MOST_DIGITS) {
        throw wrong();
      }
      long value = Long.parseLong(text.substring(from, at));
      // Python 2 wrote long integers so.
      if (at < text.length() && text.charAt(at) == 'L') {
        at++;
      }
      return value;
    }

    private String string() {
      char quote = peek();
      int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
      if (end < 0) {
        throw wrong();
      }
      String value = text.substring(at + 1, end);
      at = end + 1;
      return value;
    }

    /** The next character that is no blank. */
    private char peek() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private void take(char expected) {
      if (peek() != expected) {
        throw wrong();
      }
      at++;
    }

    private static IllegalArgumentException wrong() {
      return new IllegalArgumentException("no header");
    }
  }
}
