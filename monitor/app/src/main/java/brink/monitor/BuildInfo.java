package brink.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Brink this is, as the build wrote it down. */
public final class BuildInfo {
  private BuildInfo() {}

  /** Version of the project. */
  public static String version() {
    try (InputStream file = BuildInfo.class.getResourceAsStream("build.properties")) {
      if (file == null) {
        throw new IllegalStateException("build.properties is missing; build with ./mvnw");
      }
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
