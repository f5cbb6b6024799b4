package brink.bench.rows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process that is in the machine's memory. */
final class ResidentSet {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String NAME = "VmRSS:";
  private static final long KIBIBYTE = 1024;

  private ResidentSet() {}

  /**
   * Its size now.
   *
   * @throws NotMeasurableException if the operating system does not tell
   */
  static long bytes() {
    try {
      return Files.readAllLines(STATUS, StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith(NAME))
          .findFirst()
          .map(ResidentSet::parse)
          .orElseThrow(ResidentSet::untold);
    } catch (IOException _) {
      throw untold();
    }
  }

  private static long parse(String line) {
    return Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE;
  }

  private static NotMeasurableException untold() {
    return new NotMeasurableException(
        "the operating system does not tell the resident set of a process in " + STATUS);
  }
}
