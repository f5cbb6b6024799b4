package brink.distribution.demo;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What shows an address to the user. */
@FunctionalInterface
interface Browser {
  /** Leaves it to the user. */
  Browser NONE = address -> true;

  /**
   * Shows the address, without waiting for it.
   *
   * @return whether a program could be started that may do so
   */
  boolean open(URI address);

  /** The program that the desktop has for addresses. */
  static Browser ofTheDesktop() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return of(system.startsWith("mac") ? List.of("open") : List.of("xdg-open"));
  }

  /** This program with the address as its last argument. */
  static Browser of(List<String> program) {
    return address -> {
      try {
        var _ =
            new ProcessBuilder(
                    Stream.concat(program.stream(), Stream.of(address.toString())).toList())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return true;
      } catch (IOException e) {
        return false;
      }
    };
  }
}
