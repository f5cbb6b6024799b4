package brink.monitor.text;

/** Text that others wrote, as it may be shown on a terminal. */
public final class Printable {
  private Printable() {}

  /** The text with control characters, which terminals obey, as {@code \}{@code u001b} and such. */
  public static String of(String text) {
    if (text.chars().noneMatch(Printable::isObeyed)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (isObeyed(c)) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.append((char) c);
              }
            });
    return shown.toString();
  }

  // Beside the control characters those that begin a line or turn the direction of what follows.
  private static boolean isObeyed(int c) {
    return Character.isISOControl(c)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
