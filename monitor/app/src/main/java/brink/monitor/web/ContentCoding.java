package brink.monitor.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** How a reply's bytes are sent: as they are, or compressed where the client asks for it. */
enum ContentCoding {
  IDENTITY,
  GZIP;

  /** Below this many bytes compression saves nothing that a packet would show. */
  private static final int LEAST = 1_024;

  /**
   * The coding of a body of this size.
   *
   * @param acceptEncoding the request's header (RFC 9110, section 12.5.3); null where it has none,
   *     which allows any coding but asks for none
   */
  static ContentCoding of(@Nullable String acceptEncoding, int bytes) {
    return bytes >= LEAST && acceptEncoding != null && accepts(acceptEncoding) ? GZIP : IDENTITY;
  }

  /** The body as it is sent. */
  byte[] encode(byte[] body) {
    return this == GZIP ? gzip(body) : body;
  }

  private static boolean accepts(String acceptEncoding) {
    boolean any = false;
    for (String element : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = element.split(";", 2);
      boolean wanted = parts.length == 1 || quality(parts[1]) > 0;
      switch (parts[0].strip()) {
        case "gzip", "x-gzip" -> {
          return wanted;
        }
        case "*" -> any = wanted;
        default -> {}
      }
    }
    return any;
  }

  private static double quality(String parameter) {
    String value = parameter.strip();
    try {
      return value.startsWith("q=") ? Double.parseDouble(value.substring(2)) : 1;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 8);
    try (GZIPOutputStream out = new FastGzip(compressed)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** Metrics shrink to a tenth even so, and a scrape is not kept waiting for more. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
