package brink.monitor.regime;

import static brink.monitor.regime.MadeUpStep.LEARNING_RATE;
import static brink.monitor.regime.Situation.NOW;
import static brink.monitor.regime.Situation.SETTINGS;
import static brink.monitor.regime.Situation.in;
import static brink.v1.Regime.REGIME_CATAPULT;
import static brink.v1.Regime.REGIME_EDGE;
import static brink.v1.Regime.REGIME_FLOWING;
import static brink.v1.Regime.REGIME_SETTLED;
import static brink.v1.Regime.REGIME_STABLE;
import static brink.v1.Regime.REGIME_UNSPECIFIED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.flow.EdgeReading;
import brink.monitor.flow.FlowTrial;
import brink.monitor.flow.Rest;
import brink.v1.FlowTestKind;
import brink.v1.FlowTestOutcome;
import brink.v1.Regime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule at the edge, on both sides of its boundary. */
final class EdgeRulesTest {
  private static final Regime NONE = REGIME_UNSPECIFIED;
  private static final int CALM = SETTINGS.samples().calmSamples();

  private static final FlowTrial AGREES = trial(FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES);
  private static final FlowTrial FAILS = trial(FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS);
  private static final FlowTrial UNDECIDED = trial(FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED);

  /** Far from rest, so that neither end of it is near. */
  private static final Rest MOVING = new Rest(-1, 0.01, 1, 1);

  private static FlowTrial trial(FlowTestOutcome outcome) {
    FlowTestKind kind = FlowTestKind.FLOW_TEST_KIND_SHARPNESS_GRADIENT;
    return new FlowTrial(kind, outcome, -1, -1.1, 0.1, 0.3, 0.5, Double.NaN, Double.NaN, 0);
  }

  private static EdgeReading fit(@Nullable Rest rest, FlowTrial... trials) {
    return new EdgeReading(-1, 0.01, -1.2, 0.02, true, true, List.of(trials), rest);
  }

  private static Verdict verdict(Situation situation) {
    return requireNonNull(situation.verdict());
  }

  // Off the edge.

  @ParameterizedTest
  @EnumSource(
      value = Regime.class,
      names = {"REGIME_EDGE", "REGIME_FLOWING", "REGIME_SETTLED"})
  void decide_thrown_isCatapult(Regime from) {
    Situation thrown = in(from).ratio(1.3).calm(CALM, 0).fit(fit(null)).thrown(1.5, true);
    Verdict verdict = verdict(thrown);
    assertThat(verdict.to()).isEqualTo(REGIME_CATAPULT);
    assertThat(verdict.onset()).isEqualTo(new Onset(NOW - 2, NOW - 3, NOW));
    assertThat(verdict.sentence())
        .isEqualTo(
            "thrown off the edge: the squared weight norm is 1.50 times its latest low, stability"
                + " ratio 1.300 ± 0 (midpoint) at step 50000");
    assertThat(in(from).thrown(1.5, false).next()).isEqualTo(NONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Regime.class,
      names = {"REGIME_EDGE", "REGIME_FLOWING", "REGIME_SETTLED"})
  void decide_calmFarBelow_isStable(Regime from) {
    double below = Math.nextDown(SETTINGS.edge().leaveRatio());
    assertThat(in(from).ratio(below).calm(CALM - 1, NOW - CALM + 2).next()).isEqualTo(NONE);
    Situation left = in(from).ratio(below).calm(CALM, NOW - CALM + 1);
    assertThat(left.next()).isEqualTo(REGIME_STABLE);
    assertThat(verdict(left).onset()).isEqualTo(new Onset(NOW - CALM + 1, NOW - CALM + 1, NOW));
    double above = SETTINGS.edge().leaveRatio();
    assertThat(in(from).ratio(above).calm(CALM, NOW - CALM + 1).next()).isEqualTo(NONE);
  }

  @Test
  void decide_calmFarBelowByGradientsAlone_waits() {
    RatioWitness gradients = Situation.ratio(0.3, 0, RatioSource.GRADIENTS);
    assertThat(in(REGIME_EDGE).ratio(gradients).calm(CALM, NOW - CALM).next()).isEqualTo(NONE);
  }

  /** 10/√η_in steps. */
  @Test
  void decide_calmForLong_isStable() {
    double decay = 1e-4 / LEARNING_RATE;
    long patience = Math.round(SETTINGS.edge().leaveTime() / 1e-2);
    Situation short_ = in(REGIME_EDGE).weightDecay(decay).calm(CALM, NOW - patience + 1);
    assertThat(short_.next()).isEqualTo(NONE);
    Situation long_ = in(REGIME_EDGE).weightDecay(decay).calm(CALM, NOW - patience);
    assertThat(long_.next()).isEqualTo(REGIME_STABLE);
    Situation few = in(REGIME_EDGE).weightDecay(decay).calm(CALM - 1, NOW - patience);
    assertThat(few.next()).isEqualTo(NONE);
  }

  @Test
  void decide_calmWithoutWeightDecay_isStableAfterTheMostSteps() {
    long most = Math.round(SETTINGS.edge().leaveSteps());
    Situation calm = in(REGIME_EDGE).weightDecay(0);
    assertThat(calm.calm(CALM, NOW - most + 1).next()).isEqualTo(NONE);
    assertThat(calm.calm(CALM, NOW - most).next()).isEqualTo(REGIME_STABLE);
  }

  @Test
  void decide_noFit_isNone() {
    assertThat(in(REGIME_FLOWING).fits(100, 100, 100).next()).isEqualTo(NONE);
  }

  // To rest.

  @ParameterizedTest
  @EnumSource(
      value = Regime.class,
      names = {"REGIME_EDGE", "REGIME_FLOWING"})
  void decide_atRest_isSettled(Regime from) {
    double limit = SETTINGS.motion().restRate();
    double below = Math.nextDown(limit);
    Situation settled = in(from).ratio(1).fit(fit(new Rest(-below, 0.01, below, 1)));
    assertThat(settled.next()).isEqualTo(REGIME_SETTLED);
    assertThat(verdict(settled).onset()).isNull();
    assertThat(verdict(settled).sentence())
        .isEqualTo(
            "sharpness is at rest: over the last 1.00 units of flow time log sharpness changed by"
                + " −0.050 ± 0.010, and stayed within 0.050; stability ratio 1.000 ± 0"
                + " (midpoint); this claims no flow");
    assertThat(in(from).fit(fit(new Rest(-limit, 0, 0, 1))).next()).isEqualTo(NONE);
    assertThat(in(from).fit(fit(new Rest(0, 0, limit, 1))).next()).isEqualTo(NONE);
    assertThat(in(from).fit(fit(null)).next()).isEqualTo(NONE);
  }

  @Test
  void decide_atRestWhatTheTestsSay_isSettled() {
    Situation both = in(REGIME_EDGE).fits(100, 100, 100).fit(fit(new Rest(0, 0, 0, 1), AGREES));
    assertThat(both.next()).isEqualTo(REGIME_SETTLED);
  }

  // From rest.

  @Test
  void decide_settledAndMoving_isEdge() {
    double limit = SETTINGS.motion().flowRate();
    double below = Math.nextDown(limit);
    Situation settled = in(REGIME_SETTLED);
    assertThat(settled.fit(fit(new Rest(0, 0, 0, 1))).next()).isEqualTo(NONE);
    assertThat(settled.fit(fit(new Rest(below, 0, below, 1))).next()).isEqualTo(NONE);
    assertThat(settled.fit(fit(new Rest(limit, 0, 0, 1))).next()).isEqualTo(REGIME_EDGE);
    assertThat(settled.fit(fit(new Rest(0, 0, limit, 1))).next()).isEqualTo(REGIME_EDGE);
    assertThat(verdict(settled).onset()).isNull();
    assertThat(verdict(settled).sentence())
        .isEqualTo(
            "sharpness moves again: log sharpness ranged over 0.100 in the last 1.00 units of flow"
                + " time; the ledger implies a rate of −1.200 ± 0.020 and log sharpness changes by"
                + " −1.000 ± 0.010 per unit of flow time; the flow was not tested");
  }

  @Test
  void decide_settledWithoutSharpness_isEdge() {
    Situation settled = in(REGIME_SETTLED).fit(fit(null, AGREES));
    assertThat(settled.next()).isEqualTo(REGIME_EDGE);
    assertThat(verdict(settled).sentence())
        .startsWith("sharpness is no longer measured; the ledger implies")
        .contains("; log sharpness changes by −1.000 per unit of flow time");
  }

  @ParameterizedTest
  @EnumSource(
      value = Regime.class,
      names = {"REGIME_EDGE", "REGIME_FLOWING"})
  void decide_movingElsewhere_isNone(Regime from) {
    assertThat(in(from).fit(fit(MOVING)).next()).isEqualTo(NONE);
  }

  // To the flow.

  @ParameterizedTest
  @EnumSource(
      value = Regime.class,
      names = {"REGIME_EDGE", "REGIME_SETTLED"})
  void decide_agreeingFits_areFlow(Regime from) {
    int enough = SETTINGS.motion().agreeingFits();
    Situation flowing = in(from).ratio(1).fits(enough, 0, 0).fit(fit(MOVING, UNDECIDED, AGREES));
    assertThat(flowing.next()).isEqualTo(REGIME_FLOWING);
    assertThat(verdict(flowing).onset()).isNull();
    assertThat(verdict(flowing).sentence())
        .isEqualTo(
            "log sharpness changes by −1.000 per unit of flow time, and the flow predicts −1.100 ±"
                + " 0.10 from the measured G² (p = 0.30 over 0.50 units of flow time): they agree;"
                + " stability ratio 1.000 ± 0 (midpoint)");
    assertThat(in(from).fits(enough - 1, 0, 0).fit(fit(MOVING, AGREES)).next())
        .isNotEqualTo(REGIME_FLOWING);
    assertThat(in(from).fits(enough, 0, 0).fit(fit(MOVING, UNDECIDED)).next())
        .isNotEqualTo(REGIME_FLOWING);
  }

  @Test
  void decide_agreeingFitsWhileFlowing_isNone() {
    assertThat(in(REGIME_FLOWING).fits(100, 0, 0).fit(fit(MOVING, AGREES)).next()).isEqualTo(NONE);
  }

  // From the flow.

  /** Two for each agreeing fit that a flow needs. */
  @Test
  void decide_failingFits_endAFlow() {
    int enough = 2 * SETTINGS.motion().agreeingFits();
    Situation flowing = in(REGIME_FLOWING);
    assertThat(flowing.fits(0, enough - 1, 0).fit(fit(MOVING, FAILS)).next()).isEqualTo(NONE);
    assertThat(flowing.fits(0, enough, 0).fit(fit(MOVING, UNDECIDED)).next()).isEqualTo(NONE);
    assertThat(flowing.fits(0, enough, 0).fit(fit(MOVING, FAILS)).next()).isEqualTo(REGIME_EDGE);
    assertThat(verdict(flowing).onset()).isNull();
    assertThat(verdict(flowing).sentence())
        .startsWith("at the edge, but against the flow: log sharpness changes by −1.000 per unit");
    assertThat(in(REGIME_EDGE).fits(0, enough, 0).fit(fit(MOVING, FAILS)).next()).isEqualTo(NONE);
  }

  @Test
  void decide_untestedFits_endAFlow() {
    int enough = SETTINGS.motion().untestedFits();
    Situation flowing = in(REGIME_FLOWING).fit(fit(MOVING));
    assertThat(flowing.fits(0, 0, enough - 1).next()).isEqualTo(NONE);
    assertThat(flowing.fits(0, 0, enough).next()).isEqualTo(REGIME_EDGE);
    assertThat(verdict(flowing).onset()).isNull();
    assertThat(verdict(flowing).sentence()).contains("the flow is no longer tested");
    assertThat(in(REGIME_EDGE).fits(0, 0, enough).fit(fit(MOVING)).next()).isEqualTo(NONE);
  }
}
