package brink.monitor.flow;

import brink.v1.FlowPrediction;
import org.jspecify.annotations.Nullable;

/**
 * Measured against predicted d log λ₁/dτ, per unit of flow time, at one moment.
 *
 * @param measured from the decay of sharpness
 * @param measuredError its standard error
 * @param predicted −2·(1 − ⟨α²⟩/(2η_in))
 * @param predictedError its standard error
 * @param independent whether sharpness was measured; without it "measured" is the decay of ‖w‖²,
 *     which the norm ledger ties to α²
 * @param consistent whether they agree; null is undecided
 * @param failing which prediction fails, the trainer's direct estimate of G² included; null while
 *     none does
 */
public record RateComparison(
    double measured,
    double measuredError,
    double predicted,
    double predictedError,
    boolean independent,
    @Nullable Boolean consistent,
    @Nullable FlowPrediction failing) {

  /** Whether both rates are nearer to 0 than a limit. */
  public boolean within(double limit) {
    return Math.abs(measured) < limit && Math.abs(predicted) < limit;
  }

  /**
   * Whether sharpness falls faster than a limit, by more than two standard errors; the flow knows
   * no rise.
   */
  public boolean fallsFasterThan(double limit) {
    return -measured - 2 * measuredError > limit;
  }
}
