package brink.bench.detection;

import brink.monitor.geometry.Curvature;
import brink.monitor.geometry.Motion;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.geometry.StabilityRatio;
import brink.v1.StepObserved;
import java.util.List;

/**
 * The whole record of a run as series over its steps, from its first to its last without gap.
 *
 * @param first number of the first step
 * @param ratio s at the midpoint, else the mean of s at this iterate and the next; NaN where
 *     neither was measured
 * @param logSharpness log λ₁ of the same; NaN likewise
 * @param ratioAlongMove s from the curvature along the last move; NaN where not measured
 * @param cosine of consecutive gradients; NaN where not measured
 * @param angularStepSquared α²
 * @param roundingSquared α² of a step that is nothing but the gradient's rounding ({@link
 *     RoundingFloor})
 * @param intrinsicRate η_in/(1 + β), half of what α² is measured against
 * @param logNorm log ‖w‖²
 * @param flowTime τ
 */
@SuppressWarnings("ArrayRecordComponent") // series that are read, never compared
record Trace(
    long first,
    double[] ratio,
    double[] logSharpness,
    double[] ratioAlongMove,
    double[] cosine,
    double[] angularStepSquared,
    double[] roundingSquared,
    double[] intrinsicRate,
    double[] logNorm,
    double[] flowTime) {

  static Trace of(Recording recording) {
    Motion motion = Motion.of(recording.started());
    List<StepObserved> observed = recording.steps();
    int n = observed.size();
    Trace trace =
        new Trace(
            observed.getFirst().getStep(),
            new double[n],
            new double[n],
            new double[n],
            new double[n],
            new double[n],
            RoundingFloor.of(recording),
            new double[n],
            new double[n],
            new double[n]);
    double time = 0;
    for (int i = 0; i < n; i++) {
      SphericalStep step = SphericalStep.of(observed.get(i), motion, time);
      time += step.flowTimeStep();
      trace.set(i, step, time);
    }
    trace.pairIterates(observed, motion);
    return trace;
  }

  private void set(int i, SphericalStep step, double time) {
    Curvature midpoint = step.midpoint();
    ratio[i] = midpoint == null ? Double.NaN : step.stabilityRatio(midpoint);
    logSharpness[i] = midpoint == null ? Double.NaN : Math.log(midpoint.sharpness());
    ratioAlongMove[i] = alongMove(step);
    cosine[i] = step.gradientCosine() == null ? Double.NaN : step.gradientCosine();
    angularStepSquared[i] = step.angularStepSquared();
    intrinsicRate[i] = step.alternatingIntrinsicRate();
    logNorm[i] = Math.log(step.weightNormSquared());
    flowTime[i] = time;
  }

  private static double alongMove(SphericalStep step) {
    Double curvature = step.directionalCurvature();
    return curvature == null
        ? Double.NaN
        : StabilityRatio.fromDirectionalCurvature(
            step.alternatingLearningRate(), step.weightNormSquared(), curvature);
  }

  private void pairIterates(List<StepObserved> observed, Motion motion) {
    SphericalStep next = SphericalStep.of(observed.getLast(), motion, 0);
    for (int i = observed.size() - 2; i >= 0; i--) {
      SphericalStep here = SphericalStep.of(observed.get(i), motion, 0);
      if (Double.isNaN(ratio[i])) {
        pair(i, here, next);
      }
      next = here;
    }
  }

  private void pair(int i, SphericalStep here, SphericalStep next) {
    Curvature first = here.iterate();
    Curvature second = next.iterate();
    if (first != null && second != null) {
      ratio[i] = (here.stabilityRatio(first) + next.stabilityRatio(second)) / 2;
      logSharpness[i] = (Math.log(first.sharpness()) + Math.log(second.sharpness())) / 2;
    }
  }

  /** α²/(2η_in): 1 where the flow is at rest; infinite without weight decay. */
  double share(int i) {
    return angularStepSquared[i] / (2 * intrinsicRate[i]);
  }

  /** The larger of s and s along the last move; NaN where s was not measured. */
  double experiencedRatio(int i) {
    return Double.isNaN(ratioAlongMove[i]) ? ratio[i] : Math.max(ratio[i], ratioAlongMove[i]);
  }

  /** log ‖w‖² over its least value of the {@value LabelRule#REACH} steps before. */
  double rise(int i) {
    double least = logNorm[i];
    for (int k = Math.max(0, i - LabelRule.REACH); k < i; k++) {
      least = Math.min(least, logNorm[k]);
    }
    return logNorm[i] - least;
  }

  int length() {
    return ratio.length;
  }
}
