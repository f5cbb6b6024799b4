package brink.bench.rows;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How fast events were worked on, from the first to the last.
 *
 * @param events how many
 * @param seconds of wall-clock time
 * @param processorSeconds of this process, all of its threads
 */
record Throughput(long events, double seconds, double processorSeconds) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  double perSecond() {
    return events / seconds;
  }

  double processorSecondsAnEvent() {
    return processorSeconds / events;
  }

  /** Counts events; for one thread or several. */
  static final class Meter {
    private static final double NANOS = 1e9;

    private final long expected;
    private long seen;
    private long startedAt;
    private long startedWith;
    private Throughput result = new Throughput(0, 0, 0);

    Meter(long expected) {
      this.expected = expected;
    }

    /** One more event. */
    synchronized void count() {
      if (seen == 0) {
        startedAt = System.nanoTime();
        startedWith = SYSTEM.getProcessCpuTime();
      }
      seen++;
      if (seen == expected) {
        result =
            new Throughput(
                expected,
                (System.nanoTime() - startedAt) / NANOS,
                (SYSTEM.getProcessCpuTime() - startedWith) / NANOS);
        notifyAll();
      }
    }

    /** Returns when all came. */
    synchronized Throughput await() throws InterruptedException {
      while (seen < expected) {
        wait();
      }
      return result;
    }
  }
}
