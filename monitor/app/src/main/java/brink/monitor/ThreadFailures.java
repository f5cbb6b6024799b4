package brink.monitor;

import brink.monitor.text.Excerpt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Stream threads that died and were replaced. One that dies of what it reads reads the same again:
 * Kafka Streams may look RUNNING most of the time while nothing is ever done. Safe for use by
 * several threads.
 */
final class ThreadFailures {
  /** A replaced thread has the group's new assignment within seconds, and reads what it read. */
  static final Duration RECENT = Duration.ofMinutes(2);

  private static final int MOST_CHARACTERS = 300;

  private final InstantSource clock;
  private final Counter counter;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private String last = "";

  ThreadFailures(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    this.counter =
        Counter.builder("brink.stream.thread.failures")
            .description("Stream threads that died and were replaced.")
            .register(registry);
  }

  synchronized void add(Throwable failure) {
    counter.increment();
    recent.add(clock.instant());
    forgetOld();
    last = Excerpt.of(root(failure).toString(), MOST_CHARACTERS);
  }

  /** What happened lately, in one sentence; null for nothing. */
  synchronized @Nullable String problem() {
    forgetOld();
    return recent.isEmpty()
        ? null
        : "a stream thread died %d times within %d s, the last time of %s; read the log, and report it if it goes on"
            .formatted(recent.size(), RECENT.toSeconds(), last);
  }

  private void forgetOld() {
    Instant oldest = clock.instant().minus(RECENT);
    while (!recent.isEmpty() && !recent.getFirst().isAfter(oldest)) {
      recent.removeFirst();
    }
  }

  /** Whether a thread was asked to make room for another, with new clients. */
  static boolean isWakeup(Throwable failure) {
    return root(failure) instanceof WakeupException;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
