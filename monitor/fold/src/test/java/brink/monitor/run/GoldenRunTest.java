package brink.monitor.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.FlowPrediction;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunStatus;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole golden run with curvature at midpoints and G² measured directly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GoldenRunTest {
  private final List<StepObserved> steps = new ArrayList<>();
  private Folded run = new Folded("float64");

  @BeforeAll
  void simulate() {
    Golden.descent(Descent.midpoint(), true)
        .run(Golden.STEPS, Golden.LEARNING_RATE, Golden.WEIGHT_DECAY, steps::add);
    run = Folded.of(steps);
    run.end(Golden.STEPS - 1, RunStatus.RUN_STATUS_COMPLETED);
  }

  @Test
  void simulator_againstGoldenTrajectory_agrees() {
    for (double[] row : Golden.trajectory()) {
      StepObserved step = steps.get((int) row[0]);
      // The oscillation grows out of the rounding of a converged gradient, so its burst comes some
      // steps earlier or later, and each such step shifts the flow after it by η_in = 2e-4.
      boolean bursting = row[0] > 3_700 && row[0] < 4_400;
      double tolerance = row[0] < 4_000 ? 1e-9 : 10 * 2e-4;
      if (!bursting) {
        assertThat(step.getWeightNormSquared()).isCloseTo(row[2], relative(row[2], tolerance));
        assertThat(step.getSharpness(0).getEigenvalues(0))
            .isCloseTo(row[7], relative(row[7], tolerance));
      }
      if (row[0] < 50) {
        assertThat(step.getLoss()).isCloseTo(row[1], relative(row[1], 1e-12));
        assertThat(step.getGradientNormSquared()).isCloseTo(row[3], relative(row[3], 1e-10));
      }
    }
  }

  private static Offset<Double> relative(double value, double share) {
    return within(share * Math.abs(value));
  }

  @Test
  void regimes_wholeRun_inOrder() {
    assertThat(run.regimes())
        .containsExactly(
            Regime.REGIME_STARTING,
            Regime.REGIME_STABLE,
            Regime.REGIME_EDGE,
            Regime.REGIME_FLOWING,
            Regime.REGIME_SETTLED,
            Regime.REGIME_ENDED);
    assertThat(run.rejections).isEmpty();
    assertThat(run.state().episode()).isEqualTo(1);
  }

  @Test
  void edge_silentCrossing_namesBothMoments() {
    RegimeChanged edge = run.change(Regime.REGIME_EDGE);
    assertThat(edge.getOnsetStep()).isBetween(3_950L, 4_080L);
    assertThat(edge.getOnsetLow()).isLessThanOrEqualTo(edge.getOnsetStep());
    assertThat(edge.getOnsetHigh()).isGreaterThanOrEqualTo(edge.getOnsetStep());
    assertThat(edge.getEvidence().getSentence())
        .containsPattern("crossed 1 silently at step 373\\d")
        .contains("(midpoint)", "gradients alternate");
    assertThat(edge.getEvidence().getGradientCosine()).isLessThan(-0.9);
  }

  @Test
  void stabilityRatio_settledEdge_isOne() {
    double sum = 0;
    for (StepReadings reading : run.readings.subList(15_000, 20_000)) {
      sum += 2 * requireNonNull(reading.stabilityRatio());
    }
    assertThat(sum / 5_000).isCloseTo(2.0, within(0.02));
  }

  @Test
  void gradientSquared_threeWays_agreeWithinFivePercent() {
    long compared = 0;
    for (FlowFitted fit : run.fits) {
      double angular = fit.getAngularStep().getValue();
      if (fit.hasAngularStep() && fit.hasKappa() && angular > 0.1) {
        assertThat(fit.getSharpnessDecay().getValue())
            .isCloseTo(angular, agreement(fit.getAngularStep(), fit.getSharpnessDecay()));
        assertThat(fit.getDirect().getValue())
            .isCloseTo(angular, agreement(fit.getAngularStep(), fit.getDirect()));
        assertThat(fit.getConsistent()).isTrue();
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(150);
  }

  // Five per cent, and two standard errors of what is compared.
  private static Offset<Double> agreement(Estimate one, Estimate other) {
    double error = Math.hypot(one.getStandardError(), other.getStandardError());
    return within(0.05 * one.getValue() + 2 * error);
  }

  @Test
  void agreement_alongTheFlow_neverFails() {
    assertThat(run.fits.stream().filter(FlowFitted::hasKappa))
        .hasSizeGreaterThan(150)
        .allSatisfy(
            fit -> {
              assertThat(fit.getAgreementPValue()).isGreaterThan(0.05);
              assertThat(fit.getFailing()).isEqualTo(FlowPrediction.FLOW_PREDICTION_UNSPECIFIED);
            });
  }

  @Test
  void forecast_oneUnitAhead_withinSixPercent() {
    assertThat(run.fits.stream().filter(fit -> fit.getForecastsCount() == 3).count())
        .isGreaterThan(150);
    assertThat(run.worstForecast()).isLessThan(0.06);
  }

  @Test
  void asymptote_fromFirstFit_holdsFinalSharpness() {
    FlowFitted first = run.fits.stream().filter(FlowFitted::hasAsymptote).findFirst().orElseThrow();
    FlowFitted last = run.fits.getLast();
    // At the end G² is 0.012: what is left of the fall is (2/κ)·ln(1 + G²/4) = 0.3 %.
    assertThat(first.getAsymptote().getValue())
        .isCloseTo(last.getSharpness(), relative(last.getSharpness(), 0.06));
  }

  @Test
  void stepsToEdge_halfWay_withinItsError() {
    FlowFitted half =
        run.fits.stream().filter(fit -> fit.getStep() >= 2_000).findFirst().orElseThrow();
    double due = half.getStep() + half.getStepsToEdge().getValue();
    // η_in = 2e-4 makes ln s grow by 4e-4 per step up to terms of η_in²: 1735·2e-4 < 1 step, and
    // the interpolated step.
    assertThat(due).isCloseTo(3_735, within(2.0));
  }

  @Test
  void normLedger_float64_holdsToRounding() {
    // Sums of 40 squares: a few dozen times 1.1e-16.
    assertThat(run.readings.stream().skip(1))
        .allSatisfy(reading -> assertThat(reading.normLedgerError()).isCloseTo(0.0, within(1e-14)));
  }

  @Test
  void state_recodedAtEveryStep_givesSameVerdicts() {
    Folded recoded = new Folded("float64");
    int largest = 0;
    for (StepObserved step : steps) {
      recoded.step(step);
      largest = Math.max(largest, recoded.recode());
    }
    recoded.end(Golden.STEPS - 1, RunStatus.RUN_STATUS_COMPLETED);
    assertThat(recoded.changes).isEqualTo(run.changes);
    assertThat(recoded.fits).isEqualTo(run.fits);
    assertThat(recoded.readings).isEqualTo(run.readings);
    assertThat(RunStateCodec.encode(recoded.state())).isEqualTo(RunStateCodec.encode(run.state()));
    assertThat(largest).isLessThanOrEqualTo(RunStateCodec.MAX_BYTES - RunState.MAX_RUN_ID_BYTES);
  }

  @Test
  void stream_roundedToFloat32_hasSameRegimes() {
    Folded rounded = new Folded("");
    steps.forEach(step -> rounded.step(Records.rounded(step)));
    assertThat(rounded.regimes()).isEqualTo(run.regimes().subList(0, 5));
    // The oscillation has to outgrow the rounding of float32 first, which takes it some steps.
    long onset = run.change(Regime.REGIME_EDGE).getOnsetStep();
    assertThat(rounded.change(Regime.REGIME_EDGE).getOnsetStep()).isBetween(onset, onset + 20);
    assertThat(rounded.change(Regime.REGIME_EDGE).getEvidence().getSentence())
        .doesNotContain("ledger");
  }

  @Test
  void stream_ofPairsEveryTwenty_hasSameRegimesAndFewGaps() {
    Folded pairs = new Folded("float64");
    steps.stream().filter(step -> step.getStep() % 20 < 2).forEach(pairs::step);
    assertThat(pairs.regimes()).isEqualTo(run.regimes().subList(0, 5));
    assertThat(pairs.reasons()).hasSize(3);
    assertThat(pairs.worstForecast()).isLessThan(0.06);
  }

  @Test
  void fold_stepsOutOfOrderByFour_givesTheSameVerdicts() {
    Random random = new Random(1);
    List<StepObserved> shuffled = new ArrayList<>();
    for (StepObserved step : steps) {
      boolean tenth = step.getStep() > 0 && step.getStep() % 10 == 0;
      int early = tenth ? 1 + random.nextInt(4) : 0;
      shuffled.add(shuffled.size() - early, step);
    }
    Folded late = Folded.of(shuffled);
    late.end(Golden.STEPS - 1, RunStatus.RUN_STATUS_COMPLETED);
    assertThat(shuffled).isNotEqualTo(steps);
    assertThat(late.changes).isEqualTo(run.changes);
    assertThat(late.fits).isEqualTo(run.fits);
  }

  @Test
  void recode_fullHistoryAndStepsThatWait_staysWithinItsBytes() {
    Folded full = Folded.of(steps.subList(0, 15_000));
    full.step(everything(steps.get(15_000)));
    for (StepObserved step : steps.subList(15_002, 15_002 + Waiting.MOST)) {
      full.step(everything(step));
    }
    assertThat(full.state().waiting().steps()).hasSize(Waiting.MOST);
    assertThat(full.recode())
        .isLessThanOrEqualTo(RunStateCodec.MAX_BYTES - RunState.MAX_RUN_ID_BYTES);
  }

  private static StepObserved everything(StepObserved step) {
    double sharpness = step.getSharpness(0).getEigenvalues(0);
    // residuals that leave both at the threshold in either phase
    Sharpness measured =
        Sharpness.newBuilder()
            .addAllEigenvalues(List.of(sharpness, sharpness))
            .addAllResiduals(List.of(sharpness, sharpness))
            .setLogSharpnessGradientSquared(1)
            .setEdgeEigenvalues(2)
            .setEdgeGradientSquared(1)
            .setSlopeRate(0.1)
            .setLaggingGradientSquared(0.1)
            .setMissed(0)
            .setLoss(0.1)
            .build();
    return step.toBuilder()
        .setDirectionalCurvature(1)
        .clearSharpness()
        .addSharpness(measured.toBuilder().setPoint(SharpnessPoint.SHARPNESS_POINT_ITERATE))
        .addSharpness(measured.toBuilder().setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT))
        .build();
  }
}
