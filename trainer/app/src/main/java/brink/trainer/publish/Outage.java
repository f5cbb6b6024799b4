package brink.trainer.publish;

import brink.schemas.KafkaUnreachableException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Patience with a Kafka that takes nothing: how long an outage may last, and what is said of it,
 * once that training waits and once that it goes on. For use by one thread.
 */
public final class Outage {
  /**
   * A night, so that whoever comes back in the morning still finds the run. Brokers forget a
   * producer that was silent for a day ({@code producer.id.expiration.ms}), and could then take a
   * record twice that was on its way when they went.
   */
  public static final Duration DEFAULT_LIMIT = Duration.ofHours(12);

  /** An hour less than that day. */
  public static final Duration LONGEST_LIMIT = Duration.ofHours(23);

  /** Between two attempts of which each fails at once. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Duration limit;
  private final BooleanSupplier abandoned;
  private final Consumer<String> notes;
  private final LongSupplier nanoTime;
  private boolean lasts;
  private long begin;

  /**
   * Patience.
   *
   * @param limit of one outage
   * @param abandoned when true, nobody waits any longer
   * @param notes told, on the caller's thread, that the run waits for Kafka and that it goes on
   * @param nanoTime of a clock that nobody sets
   */
  public Outage(
      Duration limit, BooleanSupplier abandoned, Consumer<String> notes, LongSupplier nanoTime) {
    this.limit = limit;
    this.abandoned = abandoned;
    this.notes = notes;
    this.nanoTime = nanoTime;
  }

  /** Patience that a test or a benchmark does not try. */
  static Outage unlimited(BooleanSupplier abandoned, Consumer<String> notes) {
    return new Outage(DEFAULT_LIMIT, abandoned, notes, System::nanoTime);
  }

  /**
   * What Kafka answers, once a broker does. It may be asked several times.
   *
   * @param servers to name
   * @throws KafkaUnreachableException of the last attempt, if the outage lasts too long or nobody
   *     waits any longer
   */
  public <T> T ask(String servers, Supplier<T> question) {
    while (true) {
      try {
        T answer = question.get();
        end("a broker answers at %s".formatted(servers));
        return answer;
      } catch (KafkaUnreachableException e) {
        begin(
            "no broker answers at %s; waiting for one for up to %s (--outage-limit), Ctrl-C ends; ./brink doctor says what is wrong"
                .formatted(servers, limitInWords()));
        if (isOver()) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /** The same for what has no answer but that it is done. */
  public void outlast(String servers, Runnable attempt) {
    boolean _ =
        ask(
            servers,
            () -> {
              attempt.run();
              return true;
            });
  }

  /** A step or an end of the run waits, which is said if it did not before. */
  void begin(String runId, long lastStep) {
    begin(
        "run %s: no broker takes its records; training waits %s for up to %s (--outage-limit), and goes on by itself; ./brink doctor says what is wrong"
            .formatted(runId, after(lastStep), limitInWords()));
  }

  /** Kafka takes records, as it mostly does. */
  void end(String runId, long lastStep) {
    if (lasts) {
      end(
          "run %s: a broker takes its records again; training goes on %s"
              .formatted(runId, after(lastStep)));
    }
  }

  /** Whether there is nothing to wait for any longer. */
  boolean isOver() {
    return abandoned.getAsBoolean() || (lasts && nanoTime.getAsLong() - begin > limit.toNanos());
  }

  /** Whether nobody waits any longer. */
  boolean isAbandoned() {
    return abandoned.getAsBoolean();
  }

  /** The limit as people say it. */
  String limitInWords() {
    long seconds = limit.toSeconds();
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + " h";
    }
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  void say(String note) {
    notes.accept(note);
  }

  private void begin(String note) {
    if (!lasts) {
      lasts = true;
      begin = nanoTime.getAsLong();
      notes.accept(note);
    }
  }

  private void end(String note) {
    if (lasts) {
      lasts = false;
      notes.accept(note);
    }
  }

  private static String after(long lastStep) {
    return lastStep < 0 ? "before its first step" : "after step " + lastStep;
  }
}
