package brink.cli;

import java.util.Objects;

/** Version of the program, from its jar's manifest. */
public final class Version {
  private Version() {}

  /** The version; "development" where it runs from class files. */
  public static String current() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
