package brink.trainer.dl4j.zip;

import java.util.Locale;

/** Text of others in messages of ours: one short line that does nothing to a terminal. */
public final class OneLine {
  /** As much as one reads; DL4J's messages may quote half a configuration. */
  private static final int LONGEST = 300;

  private OneLine() {}

  /** What a failure says, or what it is if it says nothing; of its cause if it only wraps that. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    Throwable cause = failure.getCause();
    if (cause != null && cause.toString().equals(message)) {
      return of(cause);
    }
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : of(message.strip());
  }

  /** The first line, cut, with control characters escaped. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .takeWhile(c -> c != '\n' && c != '\r')
        .limit(LONGEST)
        .forEach(c -> append(line, c));
    if (text.codePoints()
        .takeWhile(c -> c != '\n' && c != '\r')
        .skip(LONGEST)
        .findAny()
        .isPresent()) {
      line.append('…');
    }
    return line.toString();
  }

  private static void append(StringBuilder line, int c) {
    if (isHidden(c)) {
      line.append(String.format(Locale.ROOT, "\\u%04x", c));
    } else {
      line.appendCodePoint(c);
    }
  }

  /** Whether a character does something else than be seen. */
  static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
