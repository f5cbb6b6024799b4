package brink.trainer.run;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Holds training to a number of steps per second, so that a person can watch. */
final class Pace {
  /** Longest uninterrupted wait, so that a stop signal is seen soon. */
  private static final long SLICE_NANOS = 100_000_000;

  private final double nanosPerStep;
  private final LongSupplier nanoTime;
  private long begin;
  private long steps;

  /**
   * A pace.
   *
   * @param stepsPerSecond positive; infinite means unpaced
   */
  Pace(double stepsPerSecond, LongSupplier nanoTime) {
    this.nanosPerStep = 1e9 / stepsPerSecond;
    this.nanoTime = nanoTime;
  }

  /** Waits until the next step is due. */
  void await(BooleanSupplier stop) {
    if (steps == 0) {
      begin = nanoTime.getAsLong();
    }
    steps++;
    long remaining = remaining();
    while (remaining > 0 && !stop.getAsBoolean()) {
      LockSupport.parkNanos(Math.min(remaining, SLICE_NANOS));
      remaining = remaining();
    }
  }

  private long remaining() {
    return begin + (long) (steps * nanosPerStep) - nanoTime.getAsLong();
  }
}
