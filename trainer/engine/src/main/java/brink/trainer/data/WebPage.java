package brink.trainer.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Tells the error pages of servers, which downloads leave in place of data. */
final class WebPage {
  /** Bytes that are looked at: an HTML page says at its beginning that it is one. */
  static final int HEAD = 512;

  private WebPage() {}

  /** Whether a file that begins like this is an HTML page. */
  static boolean is(byte[] head) {
    String start =
        new String(head, 0, Math.min(head.length, HEAD), StandardCharsets.ISO_8859_1)
            .strip()
            .toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype html")
        || start.startsWith("<html")
        || (start.startsWith("<") && start.contains("<html"));
  }

  /**
   * Refuses a page by its name.
   *
   * @param head the first bytes of the file
   */
  static void refuse(Path file, byte[] head) {
    if (is(head)) {
      throw found(file);
    }
  }

  static DataException found(Path file) {
    return new DataException(
        "%s: is an HTML page, not data: its download failed; download it again".formatted(file));
  }
}
