package brink.bench.rows;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The machine's memory. */
final class Memory {
  private static final double GIBIBYTE = 0x1p30;

  private Memory() {}

  /**
   * Refuses what would make the machine swap or kill.
   *
   * @param bytes that a row needs outside the heap
   * @throws NotMeasurableException if less is free
   */
  static void require(long bytes) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long free = system.getFreeMemorySize();
    if (free < bytes) {
      throw new NotMeasurableException(
          String.format(
              Locale.ROOT,
              "needs about %.1f GiB of memory and %.1f are free; try --quick",
              bytes / GIBIBYTE,
              free / GIBIBYTE));
    }
  }
}
