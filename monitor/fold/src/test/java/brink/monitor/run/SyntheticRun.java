package brink.monitor.run;

import brink.v1.Producer;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import com.google.protobuf.util.Timestamps;
import java.util.ArrayList;
import java.util.List;

/**
 * A made-up run that keeps the norm ledger and whose stability ratio climbs from 0.3 to 1, where it
 * oscillates: enough for the detector to have something to say.
 */
public final class SyntheticRun {
  public static final long T0 = 1_800_000_000_000L;

  private static final double ETA = 0.5;
  private static final double DECAY = 2e-3;
  private static final double ETA_IN = ETA * DECAY;
  private static final int CLIMB = 300;

  private final String runId;

  public SyntheticRun(String runId) {
    this.runId = runId;
  }

  public String runId() {
    return runId;
  }

  public RunStarted started() {
    return RunStarted.newBuilder()
        .setRunId(runId)
        .setName("name of " + runId)
        .setProblem("synthetic")
        .setNetwork("none")
        .setDataset("made up")
        .setPrecision("float64")
        .setStartedAt(Timestamps.fromMillis(T0))
        .setProducer(Producer.newBuilder().setName("test").setVersion("1").setDevice("cpu"))
        .setLearningRate(ETA)
        .setWeightDecay(DECAY)
        .build();
  }

  public RunEvent start() {
    return RunEvent.newBuilder().setStarted(started()).build();
  }

  public RunEvent end(long lastStep) {
    return RunEvent.newBuilder()
        .setEnded(
            RunEnded.newBuilder()
                .setRunId(runId)
                .setLastStep(lastStep)
                .setStatus(RunStatus.RUN_STATUS_COMPLETED))
        .build();
  }

  /** Steps 0 to count − 1. */
  public List<StepObserved> steps(int count) {
    List<StepObserved> steps = new ArrayList<>();
    double normSquared = 64;
    for (int t = 0; t < count; t++) {
      boolean edge = t >= CLIMB;
      double ratio = edge ? 1 + (t % 2 == 0 ? 0.05 : -0.05) : 0.3 + 0.7 * t / CLIMB;
      double angleSquared = edge ? 1.6 * ETA_IN : 1e-6;
      steps.add(step(t, normSquared, ratio, angleSquared, edge ? -0.98 : 0.5));
      normSquared *= (1 - ETA_IN) * (1 - ETA_IN) * (1 + angleSquared);
    }
    return steps;
  }

  /** Time of a step's record. */
  public static long time(long step) {
    return T0 + 1 + step;
  }

  private StepObserved step(
      long t, double normSquared, double ratio, double angleSquared, double cosine) {
    double rate = ETA / ((1 - ETA_IN) * normSquared);
    return StepObserved.newBuilder()
        .setRunId(runId)
        .setStep(t)
        .setObservedAt(Timestamps.fromMillis(time(t)))
        .setLoss(1.0 / (t + 1))
        .setWeightNormSquared(normSquared)
        .setGradientNormSquared(angleSquared / (rate * rate * normSquared))
        .setLearningRate(ETA)
        .setWeightDecay(DECAY)
        .setGradientCosine(cosine)
        .addSharpness(
            Sharpness.newBuilder()
                .setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
                .addEigenvalues(2 * ratio / rate)
                .addResiduals(1e-6))
        .build();
  }
}
