package brink.monitor.run;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * Which steps of a run were seen, in constant space, and with which stride the producer publishes.
 *
 * @param last last step seen; one before the first one expected while nothing was seen
 * @param count steps seen
 * @param contiguousSince every step from here to the last was seen
 * @param recent bit i is set where step {@code last − i} was seen
 * @param stride last difference between neighbours other than 1; 0 before any
 * @param strideRun neighbours with difference 1 before that
 * @param strideRepeats how often that pattern came in succession
 * @param run neighbours with difference 1 since
 */
record StepSequence(
    long last,
    long count,
    long contiguousSince,
    long recent,
    long stride,
    int strideRun,
    int strideRepeats,
    int run) {

  /**
   * A pattern that came three times is the producer's cadence; losses at random do not repeat
   * themselves so.
   */
  private static final int CADENCE_REPEATS = 3;

  /** What a step number is to a sequence. */
  enum Arrival {
    NEXT,
    GAP,
    CADENCE,
    DUPLICATE,
    OUT_OF_ORDER
  }

  static StepSequence expecting(long first) {
    return new StepSequence(first - 1, 0, first, 0, 0, 0, 0, 0);
  }

  Arrival arrival(long step) {
    if (step == last + 1) {
      return Arrival.NEXT;
    }
    if (step > last) {
      return isCadence(step) ? Arrival.CADENCE : Arrival.GAP;
    }
    return seen(step) ? Arrival.DUPLICATE : Arrival.OUT_OF_ORDER;
  }

  private boolean isCadence(long step) {
    return step - last == stride && run == strideRun && strideRepeats >= CADENCE_REPEATS;
  }

  private boolean seen(long step) {
    if (count == 0) {
      return false;
    }
    long age = last - step;
    return step >= contiguousSince || (age < Long.SIZE && (recent >>> age & 1) == 1);
  }

  /** After a later step. */
  StepSequence with(long step) {
    long difference = step - last;
    long shifted = difference < Long.SIZE ? recent << difference | 1 : 1;
    if (difference == 1) {
      int longer = count == 0 || run == Integer.MAX_VALUE ? run : run + 1;
      return new StepSequence(
          step, count + 1, contiguousSince, shifted, stride, strideRun, strideRepeats, longer);
    }
    boolean repeated = difference == stride && run == strideRun;
    int repeats = repeated ? Math.min(strideRepeats + 1, CADENCE_REPEATS) : 1;
    return new StepSequence(step, count + 1, step, shifted, difference, run, repeats, 0);
  }

  void write(StateWriter out) {
    out.put(last).put(count).put(contiguousSince).put(recent);
    out.put(stride).put(strideRun).put(strideRepeats).put(run);
  }

  static StepSequence read(StateReader in) {
    return new StepSequence(
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getInt(),
        in.getInt(),
        in.getInt());
  }
}
