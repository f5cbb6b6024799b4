package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.geometry.Motion;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RejectionReason;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import brink.v1.UpdateRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Runs whose weights move otherwise than by plain gradient descent at fixed hyper-parameters. */
class MotionTest {
  private static final double MOMENTUM = 0.5;

  private static Folded fold(RunStarted.Builder started, List<StepObserved> records) {
    Folded folded = new Folded(started.setPrecision("float64"));
    records.forEach(folded::step);
    return folded;
  }

  private static List<Double> lastRatios(Folded run, int count) {
    return run.readings.subList(run.readings.size() - count, run.readings.size()).stream()
        .map(readings -> Objects.requireNonNull(readings.stabilityRatio()))
        .toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void momentum_toRest_passesAllRegimesAtItsOwnEdge() {
    Descent descent = Golden.descent(Descent.midpoint(), true).moving(new Motion(MOMENTUM, false));
    List<StepObserved> records = new ArrayList<>();
    // η_in/(1 − β) = 2e-4: as much flow time per step as in the golden run
    descent.run(20_000, 0.5, 2e-4, records::add);
    Folded run = fold(RunStarted.newBuilder().setMomentum(MOMENTUM), records);
    assertThat(run.regimes())
        .containsExactly(
            Regime.REGIME_STARTING,
            Regime.REGIME_STABLE,
            Regime.REGIME_EDGE,
            Regime.REGIME_FLOWING,
            Regime.REGIME_SETTLED);
    // both to leading order in √η_in = 0.01
    assertThat(mean(lastRatios(run, 1_000))).isCloseTo(1, within(0.01));
    FlowFitted rest = run.fits.getLast();
    assertThat(rest.getPredictedRate().getValue()).isCloseTo(0, within(0.05));
    assertThat(run.fits).filteredOn(FlowFitted::hasConsistent).allMatch(FlowFitted::getConsistent);
  }

  @Test
  void momentum_large_crossesItsEdgeAndIsThrownOffAgainAndAgain() {
    double momentum = 0.9;
    Descent descent = Golden.descent(Descent.midpoint(), false).moving(new Motion(momentum, false));
    List<StepObserved> records = new ArrayList<>();
    descent.run(12_000, 0.5, 4e-5, records::add);
    Folded run = fold(RunStarted.newBuilder().setMomentum(momentum), records);
    assertThat(run.regimes())
        .startsWith(
            Regime.REGIME_STARTING,
            Regime.REGIME_STABLE,
            Regime.REGIME_EDGE,
            Regime.REGIME_STABLE,
            Regime.REGIME_EDGE);
    // the growth of the oscillation from rounding level takes a while, as without momentum
    assertThat(run.change(Regime.REGIME_EDGE).getEvidence().getStabilityRatio())
        .isBetween(1.0, 1.1);
  }

  @Test
  void momentum_ledgerAndAngle_areAbsent() {
    Descent descent = Golden.descent(Descent.midpoint(), false).moving(new Motion(MOMENTUM, false));
    List<StepObserved> records = new ArrayList<>();
    descent.run(50, 0.5, 4e-5, records::add);
    Folded run = fold(RunStarted.newBuilder().setMomentum(MOMENTUM), records);
    assertThat(run.readings)
        .hasSize(50)
        .allSatisfy(
            readings -> {
              assertThat(readings.normLedgerError()).isNull();
              assertThat(readings.angularStepSquared()).isNull();
            });
    assertThat(run.changes).isNotEmpty();
    assertThat(run.changes).noneMatch(change -> change.getEvidence().hasNormLedgerError());
  }

  @Test
  void sphere_fixedRate_hasARatioAndNoLedger() {
    Descent descent = Golden.descent(Descent.midpoint(), false).moving(new Motion(0, true));
    List<StepObserved> records = new ArrayList<>();
    descent.run(2_000, 0.5, 0, records::add);
    Folded run =
        fold(RunStarted.newBuilder().setUpdateRule(UpdateRule.UPDATE_RULE_SPHERE), records);
    assertThat(run.readings)
        .allSatisfy(
            readings -> {
              assertThat(readings.effectiveLearningRate()).isCloseTo(0.5, within(1e-15));
              assertThat(readings.normLedgerError()).isNull();
              assertThat(readings.angularStepSquared()).isNotNull();
            });
  }

  @Test
  void cosine_atTheEdge_keepsLedgerAndRatioAndFitsNoFlow() {
    Descent descent = Golden.descent(Descent.midpoint(), false);
    List<StepObserved> records = new ArrayList<>();
    int steps = 6_000;
    descent.run(steps, 0.5, 4e-4, records::add);
    for (int t = 0; t < steps; t++) {
      double rate = 0.25 + 0.25 * Math.cos(Math.PI * t / steps / 2);
      records.add(descent.next(rate, 4e-4));
    }
    Folded run = fold(RunStarted.newBuilder(), records);
    // ‖w‖² takes one learning rate at a time
    assertThat(run.readings.stream().skip(1))
        .allSatisfy(r -> assertThat(r.normLedgerError()).isCloseTo(0.0, within(1e-14)));
    assertThat(run.fits)
        .filteredOn(fit -> fit.getStep() > steps + steps / 4)
        .noneMatch(FlowFitted::hasPredictedRate);
  }

  @Test
  void momentum_outOfRange_isRefused() {
    for (double momentum : new double[] {-0.1, 1, Double.NaN}) {
      assertThat(
              RunFold.check(RunStarted.newBuilder().setRunId("run").setMomentum(momentum).build()))
          .hasValueSatisfying(
              rejection ->
                  assertThat(rejection.reason())
                      .isEqualTo(RejectionReason.REJECTION_REASON_INVALID));
    }
  }

  @Test
  void resumed_afterItsEnd_hasTheVerdictsOfTheWholeRun() {
    Descent descent = Golden.descent(Descent.midpoint(), false);
    List<StepObserved> records = new ArrayList<>();
    descent.run(10_000, 0.5, 4e-4, records::add);
    Folded whole = Folded.of(records);
    for (int stop : new int[] {100, 5_000, 9_000}) {
      Folded run = new Folded("float64");
      records.subList(0, stop).forEach(run::step);
      run.end(stop - 1, brink.v1.RunStatus.RUN_STATUS_STOPPED);
      assertThat(run.state().regime()).isEqualTo(Regime.REGIME_ENDED);
      run.recode();
      run.resume(stop);
      run.recode();
      records.subList(stop, records.size()).forEach(run::step);
      assertThat(run.rejections).isEmpty();
      assertThat(run.changes)
          .filteredOn(
              change ->
                  change.getTo() != Regime.REGIME_ENDED && change.getFrom() != Regime.REGIME_ENDED)
          .isEqualTo(whole.changes);
      assertThat(run.fits).isEqualTo(whole.fits);
    }
  }
}
