package brink.monitor.flow;

import brink.v1.FlowPrediction;
import brink.v1.FlowTestKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fit at the edge says to the detector.
 *
 * @param measured d log λ₁/dτ of the newest bins, per unit of flow time
 * @param measuredError its standard error
 * @param implied the same as the norm ledger implies it, −2·(1 + R − ⟨α²⟩/(2η_in)): no prediction
 * @param impliedError its standard error
 * @param sharpnessMeasured whether sharpness was measured; without it "measured" is the ledger, too
 * @param ledgerHolds the integrity check; null is undecided
 * @param trials tests of the flow; none where it was not tested
 * @param rest how sharpness did over a unit of flow time; null before there was one, or without it
 */
public record EdgeReading(
    double measured,
    double measuredError,
    double implied,
    double impliedError,
    boolean sharpnessMeasured,
    @Nullable Boolean ledgerHolds,
    List<FlowTrial> trials,
    @Nullable Rest rest) {

  /** Whether a test contradicts the flow. */
  public boolean fails() {
    return trials.stream().anyMatch(FlowTrial::fails);
  }

  /**
   * Whether a test that could have failed did not, none fails, and the ledger does not imply what
   * the flow forbids, a rise of sharpness.
   */
  public boolean agrees() {
    return sharpnessMeasured
        && trials.stream().anyMatch(FlowTrial::agrees)
        && !fails()
        && implied <= 2 * impliedError;
  }

  /** The test that speaks: one that fails, else one that agrees; null where none does. */
  public @Nullable FlowTrial speaking() {
    return trials.stream()
        .filter(FlowTrial::fails)
        .findFirst()
        .or(() -> trials.stream().filter(FlowTrial::agrees).findFirst())
        .orElse(null);
  }

  /**
   * Whether sharpness falls faster than a limit, by more than two standard errors; the flow knows
   * no rise. While s breathes the newest bins say little of that, and a test of the rates, which
   * takes the breathing out, says it of its own span.
   */
  public boolean fallsFasterThan(double limit) {
    return -measured - 2 * measuredError > limit
        || trials.stream().anyMatch(trial -> trial.showsFall(limit));
  }

  @Nullable FlowPrediction failing() {
    for (FlowTrial trial : trials) {
      if (trial.fails()) {
        return trial.kind() == FlowTestKind.FLOW_TEST_KIND_DIRECTION
            ? FlowPrediction.FLOW_PREDICTION_DIRECTION
            : FlowPrediction.FLOW_PREDICTION_DIRECT;
      }
    }
    return null;
  }
}
