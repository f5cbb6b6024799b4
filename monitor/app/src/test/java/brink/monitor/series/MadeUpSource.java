package brink.monitor.series;

import brink.v1.Evaluation;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Runs without Kafka: steps up to a number that may grow, with sharpness at every tenth. */
public final class MadeUpSource implements RunSource {
  private final IntSupplier steps;

  private MadeUpSource(IntSupplier steps) {
    this.steps = steps;
  }

  /** A store whose runs all have so many steps. */
  public static SeriesStore store(Path folder, IntSupplier steps) throws IOException {
    return new SeriesStore(folder, () -> new MadeUpSource(steps));
  }

  /** A step of a loss that falls. */
  public static StepObserved step(String runId, int step) {
    StepObserved.Builder builder =
        StepObserved.newBuilder()
            .setRunId(runId)
            .setStep(step)
            .setLoss(1.0 / (1 + step))
            .setLearningRate(0.5)
            .setWeightDecay(0.01)
            .setWeightNormSquared(2)
            .setGradientNormSquared(0.25);
    if (step % 10 == 0) {
      builder
          .setEvaluation(Evaluation.newBuilder().setTestAccuracy(0.9))
          .addSharpness(
              Sharpness.newBuilder()
                  .setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
                  .addEigenvalues(4));
    }
    return builder.build();
  }

  @Override
  public void readOn(RunSeries run, BooleanSupplier pause) {
    int end = steps.getAsInt();
    for (int next = (int) run.lastStep() + 1; next < end; next++) {
      StepObserved step = step(run.runId(), next);
      run.take(() -> run.take(step, step.getStep()));
    }
    run.readUpTo(1, true);
  }

  @Override
  public void close() {}
}
