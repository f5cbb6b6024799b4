package brink.monitor.flow;

import brink.v1.Estimate;
import brink.v1.FlowTestKind;
import brink.v1.FlowTestOutcome;
import brink.v1.FlowTestResult;

/**
 * One test of the flow that can fail: a measured rate and the same as the flow predicts it.
 *
 * @param kind how it tests
 * @param outcome what it says
 * @param measured d log λ₁/dτ, or a speed on Γ, rad per unit of flow time
 * @param predicted the same by the flow
 * @param error standard error of their difference
 * @param probability of a difference as large or larger if the flow holds
 * @param flowTime units of flow time that it looked at
 * @param cosine of the two directions on Γ; NaN for a test by rates
 * @param cosineError how far below 1 it may be on the flow, one standard error; NaN likewise
 * @param bySlope what of the predicted rate is the slope of the loss; NaN for a test by direction
 */
public record FlowTrial(
    FlowTestKind kind,
    FlowTestOutcome outcome,
    double measured,
    double predicted,
    double error,
    double probability,
    double flowTime,
    double cosine,
    double cosineError,
    double bySlope) {
  /** Least p-value of a test that agrees; with smaller ones, down to doubt, it cannot tell. */
  static final double AGREEMENT = 0.05;

  /** Whether it contradicts the flow. */
  public boolean fails() {
    return outcome == FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS;
  }

  /** Whether it could have contradicted the flow and does not. */
  public boolean agrees() {
    return outcome == FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES;
  }

  /** Whether it agrees on a rate at which log λ₁ falls faster than this, by two standard errors. */
  boolean showsFall(double limit) {
    return agrees()
        && kind == FlowTestKind.FLOW_TEST_KIND_SHARPNESS_GRADIENT
        && -measured - 2 * error > limit;
  }

  FlowTestResult toMessage() {
    FlowTestResult.Builder result =
        FlowTestResult.newBuilder()
            .setKind(kind)
            .setOutcome(outcome)
            .setMeasured(Estimate.newBuilder().setValue(measured).setStandardError(error))
            .setPredicted(Estimate.newBuilder().setValue(predicted))
            .setPValue(probability)
            .setFlowTime(flowTime);
    if (!Double.isNaN(bySlope)) {
      result.setBySlope(bySlope);
    }
    return result.build();
  }
}
