package brink.schemas;

import brink.v1.RunEnded;
import brink.v1.RunNote;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Checks the wall-clock times of events. Protobuf lets a timestamp hold any 64-bit second; what is
 * outside the years 1970 to 9999 is a fault of the producer, and neither Java's nor JSON's times
 * can hold all of it.
 */
public final class EventTimes {
  /** 9999-12-31T23:59:59Z, the last second that RFC 3339 and protobuf's JSON can say. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private EventTimes() {}

  /** Name of the time that is unusable; null if it is usable or absent. */
  public static @Nullable String unusable(RunStarted started) {
    return isUsable(started.getStartedAt()) ? null : "started_at";
  }

  /** Name of the time that is unusable; null if it is usable or absent. */
  public static @Nullable String unusable(RunEnded ended) {
    return isUsable(ended.getEndedAt()) ? null : "ended_at";
  }

  /** Name of the time that is unusable; null if it is usable or absent. */
  public static @Nullable String unusable(StepObserved step) {
    return isUsable(step.getObservedAt()) ? null : "observed_at";
  }

  /** Name of the time that is unusable; null if it is usable or absent. */
  public static @Nullable String unusable(RunNote note) {
    return isUsable(note.getUpdatedAt()) ? null : "updated_at";
  }

  private static boolean isUsable(Timestamp time) {
    return time.getSeconds() >= 0
        && time.getSeconds() <= LAST_SECOND
        && time.getNanos() >= 0
        && time.getNanos() < NANOS_PER_SECOND;
  }
}
