package brink.trainer.flow;

import org.hipparchus.linear.RealVector;

/** A predicted trajectory on the unit sphere, which is walked along. */
sealed interface FlowTrajectory permits SharpnessReductionTrajectory, CentralTrajectory {
  PredictedFlowKind kind();

  /** Where it is; not to be modified. */
  RealVector direction();

  /** λ₁ there; costs a spectrum. */
  double sharpness();

  /**
   * Goes on.
   *
   * @param flowTime by how much, in units of τ
   * @throws FlowException if it cannot go on
   */
  void advance(double flowTime);

  /** All that its future depends on. */
  double[] state();
}
