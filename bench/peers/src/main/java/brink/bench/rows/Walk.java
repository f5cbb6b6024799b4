package brink.bench.rows;

import brink.trainer.descent.DescentOutcome;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.StepListener;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import java.util.function.BooleanSupplier;

/** Gradient descent that is taken on a few steps at a time, and allocates once. */
public final class Walk {
  private final GradientDescent descent;
  private long step;

  /**
   * @param weights where it begins
   * @param settings of all of it; its number of steps is no limit in practice
   */
  public Walk(Landscape landscape, double[] weights, DescentSettings settings) {
    Tensor start = landscape.kernels().allocate(1, landscape.dimension());
    start.set(weights);
    descent = new GradientDescent(landscape, start, settings, System::nanoTime);
  }

  /** Goes on for some steps. */
  public void run(int steps, StepListener listener) {
    long end = step + steps;
    run(listener, () -> step >= end);
  }

  /** Goes on until it is asked to stop. */
  public void run(StepListener listener, BooleanSupplier stop) {
    DescentOutcome outcome =
        descent.run(
            record -> {
              step = record.step() + 1;
              listener.onStep(record);
            },
            stop);
    if (outcome.status() != DescentOutcome.Status.STOPPED) {
      throw new IllegalStateException(
          "the run ended at step " + outcome.lastStep() + ": " + outcome.status());
    }
  }

  /** Where it is. */
  public double[] weights() {
    return descent.save().vector("weights").values().get();
  }
}
