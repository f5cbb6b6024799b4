package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.v1.FlowFitted;
import brink.v1.FlowPrediction;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A normalization with an ε, before targets that no weights fit, so that the loss asks for another
 * scale of the outputs all along: the gradient has a part along the weights, and at the end 7 % of
 * all decay are its doing.
 */
final class NearlyInvariantTest {
  private static final double EPSILON = 5e-4;
  private static final int STEPS = 20_000;
  private static final int LAST = 1_000;

  private static Folded invariant;
  private static Folded nearly;

  private static Folded fold(double epsilon) {
    Descent descent =
        Golden.descent(Descent.midpoint(), true)
            .on(problem -> problem.withContradictions(1).withEpsilon(epsilon));
    double error = descent.scaleInvarianceError();
    List<StepObserved> records = new ArrayList<>();
    descent.run(STEPS, Golden.LEARNING_RATE, Golden.WEIGHT_DECAY, records::add);
    RunStarted.Builder started = RunStarted.newBuilder().setPrecision("float64").setDimension(40);
    Folded folded =
        new Folded(
            epsilon == 0
                ? started.setScaleInvariantDimension(40)
                : started.setScaleInvariantDimension(0).setScaleInvarianceError(error));
    records.forEach(folded::step);
    return folded;
  }

  @BeforeAll
  static void descend() {
    invariant = fold(0);
    nearly = fold(EPSILON);
  }

  /** ⟨α²⟩/(2η_in) over the last steps. */
  private static double share(Folded run) {
    double intrinsic = Golden.LEARNING_RATE * Golden.WEIGHT_DECAY;
    return run.readings.subList(STEPS - LAST, STEPS).stream()
            .mapToDouble(reading -> Objects.requireNonNull(reading.angularStepSquared()))
            .average()
            .orElseThrow()
        / (2 * intrinsic);
  }

  private static double radialDecay(Folded run) {
    return run.fits.getLast().getRadialDecay().getValue();
  }

  @Test
  void fold_epsilonInTheNormalization_reachesTheVerdictsOfTheInvariantLoss() {
    assertThat(nearly.regimes()).isEqualTo(invariant.regimes()).contains(Regime.REGIME_FLOWING);
    assertThat(nearly.changes).noneMatch(RegimeChanged::hasScaleInvarianceLostAtStep);
  }

  @Test
  void fold_atRest_hasTheOscillationThatTheWholeDecayNeeds() {
    double decay = radialDecay(nearly);
    assertThat(decay).isBetween(0.06, 0.09);
    assertThat(invariant.fits).noneMatch(FlowFitted::hasRadialDecay);
    // ⟨α²⟩ = 2η_in·(1 + R), to the same next order with and without an ε
    assertThat(share(nearly) / (1 + decay)).isCloseTo(share(invariant), within(1e-3));
  }

  @Test
  void fold_alongTheFlow_ledgerAndTestsAllowForTheRadialPart() {
    assertThat(nearly.fits)
        .filteredOn(FlowFitted::hasConsistent)
        .isNotEmpty()
        .allMatch(FlowFitted::getConsistent);
    assertThat(nearly.fits)
        .allMatch(fit -> fit.getFailing() == FlowPrediction.FLOW_PREDICTION_UNSPECIFIED);
    FlowFitted rest = nearly.fits.getLast();
    // without it the ledger would imply a rise of sharpness by 2R = 0.15
    assertThat(rest.getPredictedRate().getValue())
        .isCloseTo(rest.getMeasuredRate().getValue(), within(2e-3));
  }

  @Test
  void fold_beforeTheEdge_knowsTheRadialPart() {
    long onset = nearly.change(Regime.REGIME_EDGE).getOnsetStep();
    assertThat(nearly.fits)
        .filteredOn(fit -> fit.getStep() < onset && fit.hasStepsToEdge())
        .isNotEmpty()
        .allSatisfy(fit -> assertThat(fit.getRadialDecay().getValue()).isBetween(7e-4, 0.03));
  }

  @Test
  void fold_everyVerdict_saysWhatTheRadialPartChanges() {
    assertThat(nearly.changes)
        .filteredOn(change -> change.getTo() == Regime.REGIME_EDGE)
        .isNotEmpty()
        .allSatisfy(
            change -> {
              assertThat(change.getEvidence().getSentence())
                  .contains(
                      "; the loss is nearly scale-invariant (⟨w, ∇L⟩/(‖w‖‖∇L‖) = ",
                      " at the start): along the weights the gradient adds ",
                      " % to weight decay, which verdicts allow for");
              assertThat(change.getEvidence().getRadialDecay()).isBetween(0.0, 0.1);
            });
  }
}
