package brink.monitor.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * A log that writes at most one line per cause and interval, and how many it left out: what arrives
 * from Kafka decides how often something is wrong, and must not decide how much is written.
 *
 * <p>Causes are names in the code, never text from records, so that there are few. Safe for use by
 * several threads.
 */
public final class LimitedLog {
  /** Often enough to see that something goes on, rarely enough to read. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Logger log;
  private final Duration interval;
  private final InstantSource clock;
  private final Map<String, Cause> causes = new HashMap<>();

  /** A log with one line a minute for each cause. */
  public LimitedLog(Logger log) {
    this(log, INTERVAL, InstantSource.system());
  }

  LimitedLog(Logger log, Duration interval, InstantSource clock) {
    this.log = log;
    this.interval = interval;
    this.clock = clock;
  }

  /** A warning; the line is made only if it is written. */
  public void warn(String cause, Supplier<String> line) {
    write(Level.WARN, cause, line, null);
  }

  /** An error with its exception. */
  public void error(String cause, Supplier<String> line, Throwable failure) {
    write(Level.ERROR, cause, line, failure);
  }

  /** Says how many lines were left out of each cause whose interval is over. */
  public synchronized void tellSuppressed() {
    Instant now = clock.instant();
    causes.forEach(
        (name, cause) -> {
          if (cause.suppressed > 0 && !now.isBefore(cause.next)) {
            log.atLevel(cause.level)
                .log("{} more times in {} s: {}", cause.suppressed, interval.toSeconds(), name);
            cause.wrote(now.plus(interval));
          }
        });
  }

  private synchronized void write(
      Level level, String name, Supplier<String> line, @Nullable Throwable failure) {
    tellSuppressed();
    Instant now = clock.instant();
    Cause cause = causes.computeIfAbsent(name, _ -> new Cause(level, now));
    if (now.isBefore(cause.next)) {
      cause.suppressed++;
      return;
    }
    cause.wrote(now.plus(interval));
    log.atLevel(level).setCause(failure).log(line.get());
  }

  private static final class Cause {
    private final Level level;
    private Instant next;
    private long suppressed;

    Cause(Level level, Instant next) {
      this.level = level;
      this.next = next;
    }

    void wrote(Instant nextAllowed) {
      next = nextAllowed;
      suppressed = 0;
    }
  }
}
