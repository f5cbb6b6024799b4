package brink.trainer.data;

/**
 * Text that a file holds as it may stand in a message: short, and nothing that a terminal obeys.
 */
public final class Shown {
  /** Of a cell or name: enough to recognise it by. */
  private static final int LONGEST = 60;

  private Shown() {}

  /** The text, cut after 60 characters. */
  public static String of(String text) {
    int end = Math.min(text.length(), LONGEST);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return end < text.length() ? line(text.substring(0, end)) + "…" : line(text);
  }

  /** The same in quotation marks, or the words for an empty cell. */
  static String quoted(String text) {
    return text.isEmpty() ? "an empty cell" : "'" + of(text) + "'";
  }

  /** The whole text, with control characters, line breaks among them, as \\u000a and such. */
  public static String line(String text) {
    if (text.chars().noneMatch(Shown::isObeyed)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.chars()
        .forEach(c -> shown.append(isObeyed(c) ? "\\u%04x".formatted(c) : Character.toString(c)));
    return shown.toString();
  }

  // Beside the control characters those that begin a line or turn the direction of what follows.
  private static boolean isObeyed(int c) {
    return Character.isISOControl(c)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
