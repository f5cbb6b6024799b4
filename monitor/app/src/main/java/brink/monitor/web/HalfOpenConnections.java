package brink.monitor.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;

/**
 * Closes connections whose request does not come to its end in time. The server's own limit is for
 * connections that stand still; a client that sends a byte now and then never does.
 */
final class HalfOpenConnections implements Connection.Listener, AutoCloseable {
  private final Map<Connection, Arrival> open = new ConcurrentHashMap<>();
  private final ScheduledExecutorService sweeps;
  private final long limit;
  private final LongSupplier nanoTime;

  HalfOpenConnections(Duration limit) {
    this.limit = limit.toNanos();
    this.nanoTime = System::nanoTime;
    this.sweeps =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("brink-http-sweep").daemon().factory());
    long period = Math.clamp(limit.toMillis() / 4, 10, 1_000);
    var _ = sweeps.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    open.put(connection, new Arrival(0, false, nanoTime.getAsLong()));
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** A request's head has come, and its body, if it has one, has time of its own. */
  void arrived(Connection connection) {
    open.computeIfPresent(connection, (_, _) -> new Arrival(0, true, nanoTime.getAsLong()));
  }

  /** The request was answered; the next one may begin. */
  void answered(Connection connection) {
    open.computeIfPresent(
        connection, (_, _) -> new Arrival(connection.getBytesIn(), false, nanoTime.getAsLong()));
  }

  @Override
  public void close() {
    sweeps.shutdownNow();
  }

  private void sweep() {
    long now = nanoTime.getAsLong();
    open.forEach(
        (connection, arrival) -> {
          if (arrival.answering) {
            return;
          }
          if (connection.getBytesIn() == arrival.bytes) {
            open.replace(connection, arrival, new Arrival(arrival.bytes, false, now));
          } else if (now - arrival.since > limit) {
            connection.getEndPoint().close();
          }
        });
  }

  /**
   * Where a connection is.
   *
   * @param bytes that had come when the last request was answered
   * @param answering whether a request is being answered
   * @param since when it was last seen without a request under way
   */
  private record Arrival(long bytes, boolean answering, long since) {}
}
