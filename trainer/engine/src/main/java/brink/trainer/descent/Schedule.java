package brink.trainer.descent;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A hyper-parameter as a pure function of the step. As text it reads as {@link ScheduleSyntax}
 * takes it.
 */
public sealed interface Schedule {
  /** The initial value at every step. */
  Schedule CONSTANT = new Constant();

  /**
   * The value at a step.
   *
   * @param initial the value that the schedule begins with, or warms up to
   */
  double at(long step, double initial);

  /** Steps between which the value is monotone, apart from the first and the last of the run. */
  LongStream corners();

  /**
   * Reads a schedule.
   *
   * @param text see {@link ScheduleSyntax}
   * @param steps number of steps of the run, over which it goes unless the text says otherwise
   * @throws IllegalArgumentException if the text is no schedule; the message says what is wrong
   */
  static Schedule parse(String text, long steps) {
    return ScheduleSyntax.parse(text, steps);
  }

  /** Always the initial value. */
  record Constant() implements Schedule {
    @Override
    public double at(long step, double initial) {
      return initial;
    }

    @Override
    public LongStream corners() {
      return LongStream.empty();
    }

    @Override
    public String toString() {
      return "constant";
    }
  }

  /**
   * Jumps at given steps.
   *
   * @param jumps in the order of their steps
   */
  record Steps(List<Jump> jumps) implements Schedule {
    public Steps {
      jumps = List.copyOf(jumps);
    }

    /**
     * One jump.
     *
     * @param step first step of the new value
     * @param value the new value, or what the value before is multiplied by
     * @param isFactor which of them
     */
    public record Jump(long step, double value, boolean isFactor) {
      @Override
      public String toString() {
        return "%d=%s%s".formatted(step, isFactor ? "x" : "", value);
      }
    }

    @Override
    public double at(long step, double initial) {
      double value = initial;
      for (Jump jump : jumps) {
        if (step < jump.step()) {
          break;
        }
        value = jump.isFactor() ? value * jump.value() : jump.value();
      }
      return value;
    }

    @Override
    public LongStream corners() {
      return jumps.stream().mapToLong(Jump::step).flatMap(step -> LongStream.of(step - 1, step));
    }

    @Override
    public String toString() {
      return "steps:" + jumps.stream().map(Jump::toString).collect(Collectors.joining(","));
    }
  }

  /** How a {@link Ramp} goes from 1 to 0. */
  enum Curve {
    LINEAR {
      @Override
      double left(double progress) {
        return 1 - progress;
      }
    },
    /** Half a period (Loshchilov and Hutter, SGDR, 2017, without restarts). */
    COSINE {
      @Override
      double left(double progress) {
        // StrictMath: the same bits on every machine
        return (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
      }
    };

    abstract double left(double progress);
  }

  /**
   * From the initial value to another.
   *
   * @param to the value from step {@code until} on
   * @param from last step with the initial value
   * @param until first step with the final one
   */
  record Ramp(Curve curve, double to, long from, long until) implements Schedule {
    @Override
    public double at(long step, double initial) {
      if (step <= from) {
        return initial;
      }
      if (step >= until) {
        return to;
      }
      double left = curve.left((double) (step - from) / (until - from));
      return to + (initial - to) * left;
    }

    @Override
    public LongStream corners() {
      return LongStream.of(from, until);
    }

    @Override
    public String toString() {
      return "%s:to=%s,over=%d".formatted(curve.name().toLowerCase(Locale.ROOT), to, until);
    }
  }

  /**
   * Grows linearly at first, from 1/steps of the value to all of it.
   *
   * @param steps number of steps with less than the full value, and one
   * @param then the full value
   */
  record WarmUp(long steps, Schedule then) implements Schedule {
    @Override
    public double at(long step, double initial) {
      double full = then.at(step, initial);
      return step + 1 < steps ? full * (step + 1) / steps : full;
    }

    @Override
    public LongStream corners() {
      return LongStream.concat(LongStream.of(steps - 1), then.corners());
    }

    @Override
    public String toString() {
      String separator = then instanceof Constant ? ":" : ",";
      return Stream.of(then.toString(), "warmup=" + steps).collect(Collectors.joining(separator));
    }
  }
}
