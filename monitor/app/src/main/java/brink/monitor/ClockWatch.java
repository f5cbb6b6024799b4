package brink.monitor;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the wall clock was set back. Kafka's clients measure their patience by it: they send
 * no heartbeats, and a poll does not return, until the clock has made up for it. Clients that are
 * made afterwards know nothing of that.
 */
final class ClockWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Less is made up for before anything waits for so long. */
  private static final Duration LEAST = Duration.ofSeconds(3);

  private final InstantSource wallClock;
  private final LongSupplier steadyMillis;
  private final Runnable renewClients;
  private final ScheduledExecutorService executor;
  private long behind;

  /**
   * A watch that runs until it is closed.
   *
   * @param steadyMillis time that nobody sets
   * @param renewClients what to do when the clock was set back
   */
  static ClockWatch start(
      InstantSource wallClock, LongSupplier steadyMillis, Runnable renewClients) {
    ClockWatch watch = new ClockWatch(wallClock, steadyMillis, renewClients);
    var _ =
        watch.executor.scheduleWithFixedDelay(
            watch::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  ClockWatch(InstantSource wallClock, LongSupplier steadyMillis, Runnable renewClients) {
    this.wallClock = wallClock;
    this.steadyMillis = steadyMillis;
    this.renewClients = renewClients;
    this.behind = difference();
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("brink-clock-watch").factory());
  }

  /** Compares the clocks once. */
  void look() {
    long before = behind;
    behind = difference();
    if (behind - before >= LEAST.toMillis()) {
      LOG.warn(
          "the wall clock was set back by {} s; Kafka's clients are made anew, since they would"
              + " wait for that long",
          TimeUnit.MILLISECONDS.toSeconds(behind - before));
      renewClients.run();
    }
  }

  private long difference() {
    return steadyMillis.getAsLong() - wallClock.millis();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
