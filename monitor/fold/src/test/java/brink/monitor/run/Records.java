package brink.monitor.run;

import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;

/** Single records for tests. */
final class Records {
  static final double LEARNING_RATE = 0.5;
  static final double WEIGHT_DECAY = 4e-4;

  private Records() {}

  /** A valid record below the edge. */
  static StepObserved.Builder calm(long step) {
    return StepObserved.newBuilder()
        .setRunId("run")
        .setStep(step)
        .setLoss(0.1)
        .setWeightNormSquared(4)
        .setGradientNormSquared(1e-8)
        .setLearningRate(LEARNING_RATE)
        .setWeightDecay(WEIGHT_DECAY)
        .setGradientCosine(0.5);
  }

  /**
   * A record with a given stability ratio, share ⟨α²⟩/(2η_in) and cosine; the norm is given,
   * gradient and sharpness follow.
   */
  static StepObserved.Builder at(
      long step, double ratio, double share, double cosine, double weightNormSquared) {
    double intrinsic = LEARNING_RATE * WEIGHT_DECAY;
    double effective = LEARNING_RATE / ((1 - intrinsic) * weightNormSquared);
    double angle = share * 2 * intrinsic;
    return calm(step)
        .setGradientCosine(cosine)
        .setWeightNormSquared(weightNormSquared)
        .setGradientNormSquared(angle / (effective * effective * weightNormSquared))
        .addSharpness(midpoint(2 * ratio / effective));
  }

  static Sharpness midpoint(double sharpness) {
    return Sharpness.newBuilder()
        .setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
        .addEigenvalues(sharpness)
        .addResiduals(0)
        .build();
  }

  /** As a producer with float32 arithmetic would publish it. */
  static StepObserved rounded(StepObserved step) {
    StepObserved.Builder record =
        step.toBuilder()
            .setLoss((float) step.getLoss())
            .setWeightNormSquared((float) step.getWeightNormSquared())
            .setGradientNormSquared((float) step.getGradientNormSquared())
            .setGradientCosine((float) step.getGradientCosine())
            .setDirectionalCurvature((float) step.getDirectionalCurvature())
            .clearSharpness();
    for (Sharpness sharpness : step.getSharpnessList()) {
      record.addSharpness(
          sharpness.toBuilder()
              .setEigenvalues(0, (float) sharpness.getEigenvalues(0))
              .setResiduals(0, (float) sharpness.getResiduals(0)));
    }
    return record.build();
  }
}
