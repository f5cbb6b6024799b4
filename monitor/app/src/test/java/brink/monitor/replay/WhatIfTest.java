package brink.monitor.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.report.ForecastScore;
import brink.monitor.run.FoldSettings;
import brink.monitor.run.GoldenRecords;
import brink.schemas.Topic;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The golden run up to the flow, under the default settings and others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatIfTest {
  private static final int STEPS = 10_000;
  private static final double FLOW_TIME_STEP = 0.5 * 4e-4;
  private static final FoldSettings DEFAULTS = FoldSettings.defaults();

  private List<StepObserved> steps = List.of();
  private Replayed baseline = replayed(DEFAULTS);

  @BeforeAll
  void replay() {
    steps = GoldenRecords.steps(STEPS);
    baseline = replayed(DEFAULTS);
  }

  @Test
  void whatIf_sameSettings_saysTheSame() {
    WhatIf whatIf = WhatIf.of(baseline, replayed(DEFAULTS), StepRange.ALL);
    assertThat(whatIf.isSame()).isTrue();
    assertThat(whatIf.changes()).hasSameSizeAs(baseline.changes());
    assertThat(baseline.changes())
        .extracting(RegimeChanged::getTo)
        .contains(Regime.REGIME_EDGE, Regime.REGIME_FLOWING);
  }

  @Test
  void whatIf_moreEvidenceForAnOnset_seesTheSameEdgeLater() {
    double more = 2 * DEFAULTS.detector().evidence().evidence();
    Replayed changed = replayed("detector.evidence", more);

    AlignedChange edge = edge(WhatIf.of(baseline, changed, StepRange.ALL));
    assertThat(edge.shift()).isPositive();
    assertThat(edge.isSame()).isFalse();
    assertThat(changed.changes())
        .extracting(RegimeChanged::getDetectorVersion)
        .containsOnly(DEFAULTS.version() + "+detector.evidence=" + more);
  }

  @Test
  void whatIf_edgeOutOfReach_staysStableAndAlertsNobody() {
    Replayed changed = replayed("detector.evidence", 10 * STEPS);

    AlignedChange edge = edge(WhatIf.of(baseline, changed, StepRange.ALL));
    assertThat(edge.changed()).isNull();
    assertThat(edge.shift()).isNull();
    assertThat(WhatIf.alerting(baseline)).isEqualTo(1);
    assertThat(WhatIf.alerting(changed)).isZero();
    assertThat(changed.stays()).doesNotContainKey(Regime.REGIME_EDGE);
  }

  @Test
  void whatIf_ofSomeSteps_keepsWhatEitherSawInThem() {
    Replayed changed = replayed("detector.evidence", 2 * DEFAULTS.detector().evidence().evidence());
    long seen = edge(baseline.changes()).getDetectedAtStep();
    long later = edge(changed.changes()).getDetectedAtStep();

    WhatIf around = WhatIf.of(baseline, changed, new StepRange(seen + 1, later));
    assertThat(around.changes()).hasSize(1);
    assertThat(edge(around).shift()).isEqualTo(later - seen);
    assertThat(WhatIf.of(baseline, changed, new StepRange(0L, seen - 1)).isSame()).isTrue();
  }

  @Test
  void stays_ofAWholeRun_addUpToItsStepsAndItsFlowTime() {
    assertThat(baseline.stays().values().stream().mapToLong(Stay::steps).sum()).isEqualTo(STEPS);
    // A sum of so many equal terms is off by at most that many roundings.
    assertThat(baseline.stays().values().stream().mapToDouble(Stay::flowTime).sum())
        .isCloseTo(STEPS * FLOW_TIME_STEP, within(2 * STEPS * Math.ulp(STEPS * FLOW_TIME_STEP)));
    assertThat(baseline.stays()).doesNotContainKey(Regime.REGIME_ENDED);
    long starting = baseline.changes().getFirst().getDetectedAtStep();
    assertThat(baseline.stays().getOrDefault(Regime.REGIME_STARTING, Stay.NONE).steps())
        .isEqualTo(starting);
  }

  @Test
  void fits_withWiderBins_areFewerAndStillForecast() {
    Replayed changed = replayed("flow.cadence", 2 * DEFAULTS.flow().bins().cadence());

    assertThat(changed.fits().size()).isBetween(baseline.fits().size() / 3, baseline.fits().size());
    assertThat(ForecastScore.of(changed.fits(), 0.5)).isPresent();
  }

  private Replayed replayed(String name, Object value) {
    return replayed(DEFAULTS.with(Map.of(name, value.toString())));
  }

  private Replayed replayed(FoldSettings settings) {
    try (ReplaySession session = new ReplaySession(GoldenRecords.RUN_ID, settings)) {
      RunStarted start =
          RunStarted.newBuilder().setRunId(GoldenRecords.RUN_ID).setPrecision("float64").build();
      life(session, 0, RunEvent.newBuilder().setStarted(start).build());
      life(session, STEPS + 1, RunEvent.newBuilder().setEnded(end()).build());
      for (StepObserved step : steps) {
        long at = step.getStep();
        session.step(
            RawRecord.of(Topic.STEPS, 0, at, GoldenRecords.RUN_ID, step.toByteArray(), at + 1));
      }
      return session.finish();
    }
  }

  private static RunEnded end() {
    return RunEnded.newBuilder()
        .setRunId(GoldenRecords.RUN_ID)
        .setLastStep(STEPS - 1)
        .setStatus(RunStatus.RUN_STATUS_COMPLETED)
        .build();
  }

  private static void life(ReplaySession session, long time, RunEvent event) {
    session.life(
        RawRecord.of(Topic.RUNS, 0, time, GoldenRecords.RUN_ID, event.toByteArray(), time));
  }

  private AlignedChange edge(WhatIf whatIf) {
    RegimeChanged edge = edge(baseline.changes());
    return whatIf.changes().stream()
        .filter(row -> edge.equals(row.baseline()))
        .findFirst()
        .orElseThrow();
  }

  private static RegimeChanged edge(List<RegimeChanged> changes) {
    return changes.stream()
        .filter(change -> change.getTo() == Regime.REGIME_EDGE)
        .findFirst()
        .orElseThrow();
  }
}
