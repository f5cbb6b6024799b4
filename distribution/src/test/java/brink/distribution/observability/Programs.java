package brink.distribution.observability;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs that a machine may have or not. */
final class Programs {
  private Programs() {}

  /**
   * The program, or the test is skipped with one line; with {@code BRINK_CHECKS=all} it fails
   * instead.
   */
  static Path require(String program, String check) {
    Optional<Path> found = onPath(program);
    if (found.isPresent()) {
      return found.get();
    }
    String skipped = "skipped: %s (needs %s)".formatted(check, program);
    if ("all".equals(System.getenv("BRINK_CHECKS"))) {
      return Assertions.fail(skipped);
    }
    System.out.println(skipped);
    return Assumptions.abort(skipped);
  }

  private static Optional<Path> onPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
