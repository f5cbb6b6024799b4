package brink.monitor.regime;

import static brink.monitor.regime.Situation.NOW;
import static brink.monitor.regime.Situation.SETTINGS;
import static brink.monitor.regime.Situation.in;
import static brink.v1.Regime.REGIME_CATAPULT;
import static brink.v1.Regime.REGIME_DIVERGED;
import static brink.v1.Regime.REGIME_EDGE;
import static brink.v1.Regime.REGIME_ENDED;
import static brink.v1.Regime.REGIME_STABLE;
import static brink.v1.Regime.REGIME_STARTING;
import static brink.v1.Regime.REGIME_UNSPECIFIED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Regime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule but those at the edge, on both sides of its boundary. */
final class RegimeRulesTest {
  private static final Regime NONE = REGIME_UNSPECIFIED;
  private static final double ENOUGH = SETTINGS.evidence().evidence();
  private static final double LESS = Math.nextDown(ENOUGH);

  private static Verdict verdict(Situation situation) {
    return requireNonNull(situation.verdict());
  }

  // Explosion.

  @ParameterizedTest
  @EnumSource(
      value = Regime.class,
      names = {
        "REGIME_STARTING",
        "REGIME_STABLE",
        "REGIME_EDGE",
        "REGIME_FLOWING",
        "REGIME_SETTLED",
        "REGIME_CATAPULT"
      })
  void decide_lossExplodedForLong_isDiverged(Regime from) {
    int long_ = SETTINGS.catapult().explosion().explosionSamples();
    assertThat(in(from).exploded(0, long_).next()).isEqualTo(REGIME_DIVERGED);
    assertThat(in(from).exploded(0, long_ - 1).next()).isNotEqualTo(REGIME_DIVERGED);
    assertThat(in(from).offTheSphere().exploded(0, long_).next()).isEqualTo(REGIME_DIVERGED);
    long first = NOW - long_ + 1;
    assertThat(verdict(in(from).exploded(0, long_)).onset())
        .isEqualTo(new Onset(first, first, NOW));
  }

  @Test
  void decide_lossExplodedWhileDiverged_staysDiverged() {
    Situation exploding =
        in(REGIME_DIVERGED).exploded(200, SETTINGS.catapult().explosion().explosionSamples());
    assertThat(exploding.next()).isEqualTo(NONE);
  }

  @Test
  void decide_runThatEnded_isNone() {
    assertThat(in(REGIME_ENDED).calm(1000, 0).evidence(1000).next()).isEqualTo(NONE);
  }

  // Without scale invariance.

  @Test
  void decide_grossLedgers_admitNoVerdicts() {
    LedgerWitness few = gross(SETTINGS.ledger().brokenLedgers() - 1);
    LedgerWitness many = gross(SETTINGS.ledger().brokenLedgers());
    assertThat(in(REGIME_STABLE).evidence(ENOUGH).ledger(few).next()).isEqualTo(REGIME_EDGE);
    assertThat(in(REGIME_STABLE).evidence(ENOUGH).ledger(many).next()).isEqualTo(NONE);
  }

  private static LedgerWitness gross(int count) {
    return new LedgerWitness(
        0.1, 3, 0.1, ScaleInvariance.LOST, 3, 0, count, -1, RadialWitness.of(Double.NaN));
  }

  @Test
  void decide_offTheSphereFromStarting_isStableAfterTheFirstCalm() {
    int enough = SETTINGS.samples().startSamples();
    Situation starting = in(REGIME_STARTING).offTheSphere();
    assertThat(starting.calm(enough - 1, 7).next()).isEqualTo(NONE);
    assertThat(starting.calm(enough, 7).next()).isEqualTo(REGIME_STABLE);
    assertThat(verdict(starting).onset()).isEqualTo(new Onset(7, 7, NOW));
    assertThat(verdict(starting).sentence())
        .contains("not scale-invariant (⟨w, ∇L⟩/(‖w‖‖∇L‖) = 3.0e−01 at the start)");
  }

  @Test
  void decide_offTheSphereFromStable_staysStable() {
    assertThat(in(REGIME_STABLE).offTheSphere().calm(1000, 0).next()).isEqualTo(NONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Regime.class,
      names = {"REGIME_EDGE", "REGIME_FLOWING", "REGIME_SETTLED", "REGIME_CATAPULT"})
  void decide_offTheSphereFromTheEdge_startsAnew(Regime from) {
    Verdict verdict = verdict(in(from).offTheSphere());
    assertThat(verdict.to()).isEqualTo(REGIME_STARTING);
    assertThat(verdict.onset()).isNull();
    assertThat(verdict.sentence())
        .isEqualTo(
            "no verdicts about the edge from here on; the loss is not scale-invariant (⟨w,"
                + " ∇L⟩/(‖w‖‖∇L‖) = 3.0e−01 at the start)");
  }

  @Test
  void decide_offTheSphereWithRunawayNorm_isDiverged() {
    int enough = SETTINGS.catapult().explosion().resumeSamples();
    Situation running = in(REGIME_STABLE).offTheSphere().rise(Math.log(2000), 400);
    assertThat(running.runaway(enough - 1).next()).isEqualTo(NONE);
    assertThat(running.runaway(enough).next()).isEqualTo(REGIME_DIVERGED);
    assertThat(verdict(running).onset()).isEqualTo(new Onset(401, 400, NOW));
    assertThat(verdict(running).sentence())
        .startsWith(
            "diverging: the squared weight norm is 2.0e+03 times its latest low at step 50000");
  }

  @Test
  void decide_onTheSphereWithRunawayNorm_isNotDiverged() {
    Situation running = in(REGIME_STABLE).rise(Math.log(2000), 400);
    assertThat(running.runaway(1000).next()).isEqualTo(NONE);
  }

  @Test
  void decide_divergedOffTheSphere_startsAnewWhateverRunsAway() {
    int enough = SETTINGS.catapult().explosion().resumeSamples();
    Situation diverged = in(REGIME_DIVERGED).offTheSphere();
    Streaks both = new Streaks(enough, 0, -1, 0, enough, 0, 0, 0, 0);
    assertThat(diverged.streaks(both).next()).isEqualTo(REGIME_STARTING);
  }

  // From STARTING.

  @Test
  void decide_startingAndCalm_isStableAfterTheFirstSamples() {
    int enough = SETTINGS.samples().startSamples();
    assertThat(in(REGIME_STARTING).calm(enough - 1, 3).next()).isEqualTo(NONE);
    Situation calm = in(REGIME_STARTING).calm(enough, 3);
    assertThat(calm.next()).isEqualTo(REGIME_STABLE);
    assertThat(verdict(calm).onset()).isEqualTo(new Onset(3, 3, NOW));
    assertThat(verdict(calm).sentence()).contains("no oscillation");
  }

  @Test
  void decide_startingBlind_isStableAfterTheFirstSamples() {
    int enough = SETTINGS.samples().startSamples();
    assertThat(in(REGIME_STARTING).samples(enough).next()).isEqualTo(NONE);
    assertThat(in(REGIME_STARTING).blind().samples(enough - 1).next()).isEqualTo(NONE);
    Situation blind = in(REGIME_STARTING).blind().samples(enough);
    assertThat(blind.next()).isEqualTo(REGIME_STABLE);
    assertThat(verdict(blind).onset()).isEqualTo(new Onset(NOW, NOW, NOW));
    assertThat(verdict(blind).sentence()).startsWith("this stream cannot show the edge");
  }

  @Test
  void decide_startingNeverQuiet_needsTheEvidenceOfAStart() {
    double most = SETTINGS.evidence().startEvidence();
    int few = SETTINGS.samples().startSamples() - 1;
    assertThat(in(REGIME_STARTING).quiet(few).evidence(Math.nextDown(most)).next()).isEqualTo(NONE);
    assertThat(in(REGIME_STARTING).quiet(few).evidence(most).next()).isEqualTo(REGIME_EDGE);
  }

  @Test
  void decide_startingOnceQuiet_needsNoMoreEvidenceThanLater() {
    int enough = SETTINGS.samples().startSamples();
    assertThat(in(REGIME_STARTING).quiet(enough).evidence(LESS).next()).isEqualTo(NONE);
    assertThat(in(REGIME_STARTING).quiet(enough).evidence(ENOUGH).next()).isEqualTo(REGIME_EDGE);
  }

  @Test
  void decide_startingThrown_needsAllTheEvidence() {
    Situation thrown = in(REGIME_STARTING).quiet(100).evidence(LESS).thrown(3, true);
    assertThat(thrown.next()).isEqualTo(NONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Regime.class,
      names = {"REGIME_STARTING", "REGIME_CATAPULT"})
  void decide_ratioBeyondAnOvershoot_isNoEdge(Regime from) {
    double highest = SETTINGS.edge().startEdgeRatio();
    Situation overshoot = in(from).evidence(SETTINGS.evidence().startEvidence());
    assertThat(overshoot.ratio(highest).next()).isEqualTo(REGIME_EDGE);
    assertThat(overshoot.ratio(Math.nextUp(highest)).next()).isEqualTo(NONE);
  }

  // From STABLE.

  @Test
  void decide_stable_needsTheEvidence() {
    assertThat(in(REGIME_STABLE).evidence(LESS).next()).isEqualTo(NONE);
    assertThat(in(REGIME_STABLE).evidence(ENOUGH).next()).isEqualTo(REGIME_EDGE);
    assertThat(in(REGIME_STABLE).calm(1000, 0).next()).isEqualTo(NONE);
  }

  @Test
  void decide_stableThrown_needsItsShareOfTheEvidence() {
    double share = SETTINGS.evidence().thrownShare() * ENOUGH;
    assertThat(in(REGIME_STABLE).evidence(share).thrown(1.5, false).next()).isEqualTo(NONE);
    assertThat(in(REGIME_STABLE).evidence(Math.nextDown(share)).thrown(1.5, true).next())
        .isEqualTo(NONE);
    assertThat(in(REGIME_STABLE).evidence(share).thrown(1.5, true).next()).isEqualTo(REGIME_EDGE);
  }

  @Test
  void decide_stableAtAnyRatioAboveOne_isEdge() {
    assertThat(in(REGIME_STABLE).evidence(ENOUGH).ratio(30).next()).isEqualTo(REGIME_EDGE);
  }

  @Test
  void decide_stableFarBelowOne_isNoEdgeUnlessThrown() {
    double below = Math.nextDown(SETTINGS.edge().edgeRatio());
    Situation low = in(REGIME_STABLE).evidence(ENOUGH).ratio(below);
    assertThat(low.next()).isEqualTo(NONE);
    assertThat(low.thrown(2, true).next()).isEqualTo(REGIME_EDGE);
    Situation near = in(REGIME_STABLE).evidence(ENOUGH).ratio(SETTINGS.edge().edgeRatio());
    assertThat(near.next()).isEqualTo(REGIME_EDGE);
  }

  @Test
  void decide_gradientsThatDoNotPointAgainstEachOther_areNoEdge() {
    Situation stable = in(REGIME_STABLE).evidence(ENOUGH);
    assertThat(stable.cosine(0).next()).isEqualTo(NONE);
    assertThat(stable.cosine(-Double.MIN_VALUE).next()).isEqualTo(REGIME_EDGE);
  }

  @Test
  void decide_edge_tellsWhenItBegan() {
    Verdict verdict = verdict(in(REGIME_STABLE).evidence(ENOUGH).ratio(1));
    assertThat(verdict.onset()).isEqualTo(new Onset(NOW - 20, NOW - 30, NOW));
    assertThat(verdict.sentence())
        .isEqualTo(
            "stability ratio reached 1.000 ± 0 (midpoint) at step 49980, gradient cosine not"
                + " measured; the flow is not tested yet");
  }

  @Test
  void decide_edgeAfterASilentCrossing_saysSo() {
    Crossing silent = new Crossing(NOW - 3000, NOW - 2000, 0.99, NOW - 1000, NOW - 30);
    Situation edge = in(REGIME_STABLE).evidence(ENOUGH).ratio(1);
    assertThat(verdict(edge.crossing(silent)).sentence())
        .startsWith(
            "stability ratio crossed 1 silently at step 49000 and the oscillation came 980 steps"
                + " later: stability ratio reached");
    Crossing late = new Crossing(NOW - 3000, NOW - 2000, 0.99, NOW - 1000, NOW - 29);
    assertThat(verdict(edge.crossing(late)).sentence()).startsWith("stability ratio reached");
  }

  // From CATAPULT.

  @Test
  void decide_catapultAndCalm_isStable() {
    int enough = SETTINGS.samples().calmSamples();
    assertThat(in(REGIME_CATAPULT).calm(enough - 1, 5).next()).isEqualTo(NONE);
    assertThat(in(REGIME_CATAPULT).calm(enough, 5).next()).isEqualTo(REGIME_STABLE);
  }

  @Test
  void decide_catapultThatFallsBack_needsAllTheEvidence() {
    assertThat(in(REGIME_CATAPULT).evidence(LESS).thrown(3, true).next()).isEqualTo(NONE);
    assertThat(in(REGIME_CATAPULT).evidence(ENOUGH).next()).isEqualTo(REGIME_EDGE);
  }

  // From DIVERGED.

  @Test
  void decide_divergedAndFiniteAgain_startsAnew() {
    int enough = SETTINGS.catapult().explosion().resumeSamples();
    assertThat(in(REGIME_DIVERGED).exploded(enough - 1, 0).next()).isEqualTo(NONE);
    assertThat(in(REGIME_DIVERGED).exploded(enough, 1).next()).isEqualTo(NONE);
    Verdict verdict = verdict(in(REGIME_DIVERGED).exploded(enough, 0));
    assertThat(verdict.to()).isEqualTo(REGIME_STARTING);
    assertThat(verdict.onset()).isEqualTo(Onset.at(NOW));
    assertThat(verdict.sentence()).isEqualTo("finite steps have resumed");
  }
}
