package brink.monitor.run;

import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;

/** The golden run as a trainer would publish it, with curvature at midpoints. */
public final class GoldenRecords {
  /** The id that all of its steps carry. */
  public static final String RUN_ID = "run";

  private GoldenRecords() {}

  /** Steps 0 to count − 1. */
  public static List<StepObserved> steps(int count) {
    List<StepObserved> steps = new ArrayList<>();
    Golden.descent(Descent.midpoint(), true)
        .run(count, Golden.LEARNING_RATE, Golden.WEIGHT_DECAY, steps::add);
    return steps;
  }
}
