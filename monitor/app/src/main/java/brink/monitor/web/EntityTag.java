package brink.monitor.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a body is known by (RFC 9110, section 8.8.3). Weak, since it is sent in several codings. */
final class EntityTag {
  /** 96 bits: two bodies of one path never share them. */
  private static final int BYTES = 12;

  private EntityTag() {}

  static String of(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      String text = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES));
      return "W/\"" + text + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Whether the client has this body.
   *
   * @param ifNoneMatch the header; null for none
   */
  static boolean isKnown(String tag, @Nullable String ifNoneMatch) {
    return ifNoneMatch != null
        && (ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(tag.substring(2)));
  }
}
