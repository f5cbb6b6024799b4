package brink.monitor;

import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Time;

/**
 * Time that begins with the wall clock's and then goes on evenly, whatever the clock is set to.
 * Kafka Streams commits and looks around when enough of it is over: by the wall clock itself it
 * would do neither, after the clock was set back, until the clock had made up for it.
 */
final class SteadyTime implements Time {
  private static final long NANOS_IN_A_MILLISECOND = 1_000_000;

  private final long began = System.currentTimeMillis();
  private final long beganNanos = System.nanoTime();

  @Override
  public long milliseconds() {
    return began + (System.nanoTime() - beganNanos) / NANOS_IN_A_MILLISECOND;
  }

  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  @Override
  public void sleep(long milliseconds) {
    Time.SYSTEM.sleep(milliseconds);
  }

  @Override
  public void waitObject(Object monitor, Supplier<Boolean> condition, long deadline)
      throws InterruptedException {
    synchronized (monitor) {
      while (!condition.get()) {
        long left = deadline - milliseconds();
        if (left <= 0) {
          throw new TimeoutException("the condition did not hold before the deadline");
        }
        monitor.wait(left);
      }
    }
  }
}
