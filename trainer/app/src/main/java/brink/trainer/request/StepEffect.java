package brink.trainer.request;

import java.util.function.Function;

/** Whether the steps of a run depend on an option to the bit, so that a resumed run needs it. */
public sealed interface StepEffect {
  /** They do not: it may change between two lives of a run. */
  StepEffect NONE = new None();

  /** They do not. */
  record None() implements StepEffect {}

  /**
   * They do, and it is recorded under the option's name.
   *
   * @param value what the run has of it, defaults included
   * @param forks whether a run that forks off another may have another value
   */
  record Recorded(Function<Trajectory, String> value, boolean forks) implements StepEffect {
    /** An effect that forks share with their run. */
    Recorded(Function<Trajectory, String> value) {
      this(value, false);
    }

    /** An effect that a fork may be made for. */
    static Recorded forking(Function<Trajectory, String> value) {
      return new Recorded(value, true);
    }
  }

  /**
   * They do, and it is seen from something else that is recorded.
   *
   * @param setting name of that, one of {@link Trajectory}
   */
  record SeenIn(String setting) implements StepEffect {}
}
