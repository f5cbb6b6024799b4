package brink.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine that measures, in words. */
public final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final double BUSY = 0.25;

  private Machine() {}

  /** Model and number of processors, operating system and JDK. */
  public static String describe() {
    return "%s, %d processors, %s %s, JDK %s"
        .formatted(
            processor(),
            processors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version());
  }

  /** What else runs: the load average of the last minute, and whether that spoils the times. */
  public static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    if (load < 0) {
      return "load unknown";
    }
    String average = String.format(Locale.ROOT, "load %.1f on %d processors", load, processors());
    return load > BUSY * processors()
        ? average + ": the machine was busy, trust ratios only, and those little"
        : average;
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String processor() {
    if (!Files.isReadable(CPU_INFO)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException _) {
      return System.getProperty("os.arch");
    }
  }
}
