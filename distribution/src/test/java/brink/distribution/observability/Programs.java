package brink.distribution.observability;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs that a machine may have or not. */
public final class Programs {
  private Programs() {}

  /**
   * The program, or the test is skipped with one line; with {@code BRINK_CHECKS=all} it fails
   * instead.
   */
  public static Path require(String program, String check) {
    Optional<Path> found = allOnPath(program).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    return skip(check, program);
  }

  /**
   * A Python that has these modules, or the test is skipped as above. Where several are installed,
   * the system's own packages may be in the last of them.
   */
  public static Path requirePython(String check, String... modules)
      throws IOException, InterruptedException {
    String imports = "import " + String.join(", ", modules);
    for (Path python : allOnPath("python3").toList()) {
      Process trial =
          new ProcessBuilder(python.toString(), "-c", imports)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (trial.waitFor() == 0) {
        return python;
      }
    }
    return skip(check, "python3 with " + String.join(" and ", modules));
  }

  private static Path skip(String check, String needed) {
    String skipped = "skipped: %s (needs %s)".formatted(check, needed);
    if ("all".equals(System.getenv("BRINK_CHECKS"))) {
      return Assertions.fail(skipped);
    }
    System.out.println(skipped);
    return Assumptions.abort(skipped);
  }

  private static Stream<Path> allOnPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable);
  }
}
