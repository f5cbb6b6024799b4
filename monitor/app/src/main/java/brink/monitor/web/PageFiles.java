package brink.monitor.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, from the class path: {@code index.html}, and under {@code assets} scripts,
 * styles and pictures whose names change with what is in them.
 */
final class PageFiles {
  /** No path: a name has no slash and does not begin with a dot. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "json", Reply.JSON);

  /** Everything comes from here, so that a text that slipped through escaping can do nothing. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data: blob:; font-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final String folder;
  private final Map<String, Optional<byte[]>> files = new ConcurrentHashMap<>();

  /**
   * Files of a folder.
   *
   * @param folder on the class path, with a slash at its end
   */
  PageFiles(String folder) {
    this.folder = folder;
  }

  /** The page itself; null where it was not built. */
  @Nullable Reply index() {
    Reply file = file("index.html");
    return file == null ? null : file.with(Map.of("Cache-Control", "no-cache"));
  }

  /** A file beside the page, such as its icon; null for none. */
  @Nullable Reply beside(String name) {
    return NAME.matcher(name).matches() ? file(name) : null;
  }

  /** A file under assets; null for none. */
  @Nullable Reply asset(String name) {
    Reply file = NAME.matcher(name).matches() ? file("assets/" + name) : null;
    return file == null
        ? null
        : file.with(Map.of("Cache-Control", "public, max-age=31536000, immutable"));
  }

  private @Nullable Reply file(String path) {
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    byte[] bytes = type == null ? null : bytes(path);
    return bytes == null
        ? null
        : new Reply(
            200,
            String.valueOf(type),
            bytes,
            Map.of(
                "Content-Security-Policy",
                POLICY,
                "Cache-Control",
                "no-cache",
                "ETag",
                EntityTag.of(bytes)));
  }

  // Absent names are not remembered: there is no end of them.
  private byte @Nullable [] bytes(String path) {
    Optional<byte[]> known = files.get(path);
    if (known == null) {
      known = read(path);
      if (known.isPresent()) {
        files.put(path, known);
      }
    }
    return known.orElse(null);
  }

  private Optional<byte[]> read(String path) {
    try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(folder + path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
