package brink.monitor.flow;

import brink.monitor.flow.EstimateAgreement.Implied;
import brink.v1.FlowPrediction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rates d log λ₁/dτ that the estimates of G² imply, with errors. */
final class ImpliedRates {
  private final FlowSettings settings;

  ImpliedRates(FlowSettings settings) {
    this.settings = settings;
  }

  /**
   * The angular step's, and those of the others that are there.
   *
   * @param share ⟨α²⟩/(2η_in)
   * @param sharpness log λ₁; null is not measured
   * @param direct G² by the trainer; null is not measured
   */
  List<Implied> of(LocalFit share, @Nullable LocalFit sharpness, @Nullable LocalFit direct) {
    double predicted = SharpnessReductionFlow.rateFromShare(share.value());
    double measured = sharpness == null ? 0 : sharpness.rate();
    double theory = theoryError(Math.max(Math.abs(predicted), Math.abs(measured)));
    List<Implied> rates = new ArrayList<>();
    rates.add(
        new Implied(
            FlowPrediction.FLOW_PREDICTION_ANGULAR_STEP,
            predicted,
            Math.hypot(2 * share.valueError(), theory)));
    if (sharpness != null) {
      rates.add(
          new Implied(
              FlowPrediction.FLOW_PREDICTION_SHARPNESS_DECAY,
              measured,
              Math.hypot(sharpness.rateError(), theory)));
    }
    if (direct != null) {
      double gradientSquared = Math.max(0, direct.value());
      double slope = SharpnessReductionFlow.rateByGradientSquared(gradientSquared);
      rates.add(
          new Implied(
              FlowPrediction.FLOW_PREDICTION_DIRECT,
              SharpnessReductionFlow.rate(gradientSquared),
              Math.hypot(slope * direct.valueError(), theory)));
    }
    return rates;
  }

  // Three standard errors of a difference are what the leading order in √η_in leaves.
  private double theoryError(double size) {
    return (settings.rateTolerance() * size + settings.rateFloor()) / (3 * Math.sqrt(2));
  }
}
