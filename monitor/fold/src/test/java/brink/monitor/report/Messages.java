package brink.monitor.report;

import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;

/** Made-up records. */
final class Messages {
  private Messages() {}

  /** A step with η̃ = 1 and no sharpness. */
  static StepObserved.Builder step(long step) {
    return StepObserved.newBuilder()
        .setRunId("run")
        .setStep(step)
        .setLearningRate(0.5)
        .setWeightDecay(0)
        .setWeightNormSquared(0.5);
  }

  /** A step with η̃·λ₁ at a point. */
  static StepObserved step(long step, SharpnessPoint point, double scaledSharpness) {
    return step(step)
        .addSharpness(Sharpness.newBuilder().setPoint(point).addEigenvalues(scaledSharpness))
        .build();
  }

  static RegimeChanged.Builder edge(long detected) {
    return RegimeChanged.newBuilder()
        .setRunId("run")
        .setFrom(Regime.REGIME_STABLE)
        .setTo(Regime.REGIME_EDGE)
        .setDetectedAtStep(detected);
  }

  static FlowFitted.Builder fit(double flowTime, double sharpness) {
    return FlowFitted.newBuilder().setRunId("run").setFlowTime(flowTime).setSharpness(sharpness);
  }

  static Forecast forecast(double horizon, double sharpness) {
    return Forecast.newBuilder().setHorizon(horizon).setSharpness(sharpness).build();
  }

  static Estimate estimate(double value, double standardError) {
    return Estimate.newBuilder().setValue(value).setStandardError(standardError).build();
  }

  /** A fit with three estimates of G². */
  static FlowFitted agreeing(double angularStep, double decay, double direct, double error) {
    return fit(0, 1)
        .setAngularStep(estimate(angularStep, error))
        .setSharpnessDecay(estimate(decay, error))
        .setDirect(estimate(direct, error))
        .build();
  }
}
