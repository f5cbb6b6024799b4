package brink.monitor.text;

/** Text of bounded length: whole if it fits, else its beginning with an ellipsis. */
public final class Excerpt {
  private static final String ELLIPSIS = "…";

  private Excerpt() {}

  /**
   * At most this many UTF-16 characters of the text.
   *
   * @param most at least 1
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - ELLIPSIS.length();
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + ELLIPSIS;
  }
}
