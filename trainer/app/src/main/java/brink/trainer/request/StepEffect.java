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
   */
  record Recorded(Function<Trajectory, String> value) implements StepEffect {}

  /**
   * They do, and it is seen from something else that is recorded.
   *
   * @param setting name of that, one of {@link Trajectory}
   */
  record SeenIn(String setting) implements StepEffect {}
}
