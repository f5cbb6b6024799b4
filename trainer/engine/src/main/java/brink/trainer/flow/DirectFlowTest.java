package brink.trainer.flow;

/**
 * How period-averaged training moved along the manifold Γ of minimisers over a span, beside what
 * the sharpness-reduction flow says of it. The symbols are those of {@link FlowTester}.
 *
 * @param startStep step of the direct measurement that the span starts from
 * @param flowTime Δτ of the span
 * @param cosine of d and f, on TΓ
 * @param cosineError how far below 1 it may be on the flow, one standard error, at most 1
 * @param speed ⟨d, f⟩/(‖f‖·Δτ), rad per unit of flow time
 * @param predictedSpeed ‖f‖/Δτ, rad per unit of flow time; below 0 where the flow's clock ran back
 * @param speedError standard error of their difference
 * @param displacement ‖d‖, rad
 * @param measurements number of direct measurements that f is made of
 */
public record DirectFlowTest(
    long startStep,
    double flowTime,
    double cosine,
    double cosineError,
    double speed,
    double predictedSpeed,
    double speedError,
    double displacement,
    int measurements) {
  boolean isFinite() {
    // the others are finite if these are
    return Double.isFinite(cosine)
        && Double.isFinite(cosineError)
        && Double.isFinite(predictedSpeed)
        && Double.isFinite(speedError);
  }
}
