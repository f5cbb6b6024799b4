package brink.distribution;

import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;

/**
 * A run that keeps the norm ledger, climbs to the edge within 300 steps, and oscillates there.
 *
 * @param id of the run
 */
public record MadeUpRun(String id) {
  private static final double RATE = 0.5;
  private static final double DECAY = 2e-3;
  private static final double INTRINSIC = RATE * DECAY;
  private static final int CLIMB = 300;

  /** Its start. */
  public RunStarted started() {
    return RunStarted.newBuilder()
        .setRunId(id)
        .setPrecision("float64")
        .setLearningRate(RATE)
        .setWeightDecay(DECAY)
        .build();
  }

  /** Its end after a step. */
  public RunEnded ended(long lastStep) {
    return RunEnded.newBuilder()
        .setRunId(id)
        .setLastStep(lastStep)
        .setStatus(RunStatus.RUN_STATUS_COMPLETED)
        .build();
  }

  /** Steps from 0 on. */
  public List<StepObserved> steps(int count) {
    List<StepObserved> steps = new ArrayList<>();
    double normSquared = 64;
    for (int t = 0; t < count; t++) {
      boolean edge = t >= CLIMB;
      double ratio = edge ? 1 + (t % 2 == 0 ? 0.05 : -0.05) : 0.3 + 0.7 * t / CLIMB;
      double angleSquared = edge ? 1.6 * INTRINSIC : 1e-6;
      double effective = RATE / ((1 - INTRINSIC) * normSquared);
      steps.add(
          StepObserved.newBuilder()
              .setRunId(id)
              .setStep(t)
              .setLoss(1.0 / (t + 1))
              .setWeightNormSquared(normSquared)
              .setGradientNormSquared(angleSquared / (effective * effective * normSquared))
              .setLearningRate(RATE)
              .setWeightDecay(DECAY)
              .setGradientCosine(edge ? -0.98 : 0.5)
              .addSharpness(
                  Sharpness.newBuilder()
                      .setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
                      .addEigenvalues(2 * ratio / effective)
                      .addResiduals(1e-6))
              .build());
      normSquared *= (1 - INTRINSIC) * (1 - INTRINSIC) * (1 + angleSquared);
    }
    return steps;
  }
}
