package brink.monitor.outcome;

import static brink.v1.Regime.REGIME_CATAPULT;
import static brink.v1.Regime.REGIME_DIVERGED;
import static brink.v1.Regime.REGIME_EDGE;
import static brink.v1.Regime.REGIME_ENDED;
import static brink.v1.Regime.REGIME_FLOWING;
import static brink.v1.Regime.REGIME_SETTLED;
import static brink.v1.Regime.REGIME_STABLE;
import static brink.v1.Regime.REGIME_STALLED;
import static brink.v1.Regime.REGIME_STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Evidence;
import brink.v1.FlowFitted;
import brink.v1.FlowTestOutcome;
import brink.v1.FlowTestResult;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunOutcomeTest {
  private static final RunStarted START = RunStarted.newBuilder().setRunId("run").build();

  private static RegimeChanged.Builder change(Regime from, Regime to, long step) {
    return RegimeChanged.newBuilder().setFrom(from).setTo(to).setDetectedAtStep(step);
  }

  private static RunOutcome of(RegimeChanged.Builder... changes) {
    RunOutcome outcome = RunOutcome.NONE.with(START);
    for (RegimeChanged.Builder each : changes) {
      outcome = outcome.with(each.build());
    }
    return outcome;
  }

  private static FlowFitted fit(long step, FlowTestOutcome... tests) {
    FlowFitted.Builder fit = FlowFitted.newBuilder().setStep(step);
    for (FlowTestOutcome test : tests) {
      fit.addTests(FlowTestResult.newBuilder().setOutcome(test));
    }
    return fit.build();
  }

  private static String sentence(RunOutcome outcome) {
    return OutcomeSentence.of(outcome);
  }

  @Test
  void outcome_withoutAnyVerdict_isNotKnownAndNotNo() {
    RunOutcome outcome = of();

    assertThat(outcome.unknown()).isEqualTo(Unknown.NO_VERDICT);
    assertThat(sentence(outcome))
        .isEqualTo(
            "whether it reached the edge is not known: no monitor has judged it yet; ./brink"
                + " monitor does");
  }

  @Test
  void outcome_belowTheEdge_isKnown() {
    RunOutcome outcome =
        of(
            change(REGIME_STARTING, REGIME_STABLE, 20),
            change(REGIME_STABLE, REGIME_ENDED, 99)
                .setEvidence(Evidence.newBuilder().setStabilityRatio(0.53)));

    assertThat(outcome.unknown()).isNull();
    assertThat(outcome.reachedEdge()).isFalse();
    assertThat(outcome.furthest()).isEqualTo(REGIME_STABLE);
    assertThat(sentence(outcome)).isEqualTo("did not reach the edge; s = 0.53 at step 99");
  }

  @Test
  void outcome_whileTheRunGoesOn_promisesNothing() {
    assertThat(sentence(of(change(REGIME_STARTING, REGIME_STABLE, 20))))
        .isEqualTo("has not reached the edge so far");
  }

  @Test
  void outcome_endedInItsFirstSteps_isNotKnown() {
    assertThat(of(change(REGIME_STARTING, REGIME_ENDED, 5)).unknown()).isEqualTo(Unknown.STARTING);
    assertThat(of(change(REGIME_STARTING, REGIME_DIVERGED, 5)).unknown())
        .isEqualTo(Unknown.STARTING);
    assertThat(sentence(of(change(REGIME_STARTING, REGIME_DIVERGED, 5)))).endsWith("; it diverged");
  }

  @Test
  void outcome_ofAStreamThatCannotShowTheEdge_isNotKnown() {
    RunOutcome outcome =
        of(
            change(REGIME_STARTING, REGIME_STABLE, 20)
                .setEvidence(Evidence.newBuilder().setCannotShowEdge(true)));

    assertThat(outcome.unknown()).isEqualTo(Unknown.BLIND);
    assertThat(sentence(outcome)).contains("not known", "publish gradient_cosine");
  }

  @Test
  void outcome_withoutScaleInvariance_isNotKnown() {
    RunStarted without =
        RunStarted.newBuilder()
            .setDimension(10)
            .setScaleInvariantDimension(0)
            .setScaleInvarianceError(0.5)
            .build();
    RunOutcome declared =
        RunOutcome.NONE.with(without).with(change(REGIME_STARTING, REGIME_STABLE, 20).build());
    RunOutcome found =
        of(
            change(REGIME_STARTING, REGIME_STABLE, 20),
            change(REGIME_STABLE, REGIME_STARTING, 40).setScaleInvarianceLostAtStep(30));

    assertThat(declared.unknown()).isEqualTo(Unknown.NOT_SCALE_INVARIANT);
    assertThat(found.unknown()).isEqualTo(Unknown.NOT_SCALE_INVARIANT);
  }

  @Test
  void outcome_atTheEdge_hasItsFirstEntryAndAllOthersCounted() {
    RunOutcome outcome =
        of(
            change(REGIME_STARTING, REGIME_STABLE, 20),
            change(REGIME_STABLE, REGIME_EDGE, 1_545)
                .setOnsetStep(1_537)
                .setOnsetLow(1_500)
                .setOnsetHigh(1_560),
            change(REGIME_EDGE, REGIME_CATAPULT, 2_000),
            change(REGIME_CATAPULT, REGIME_EDGE, 2_100).setOnsetStep(2_090),
            change(REGIME_EDGE, REGIME_SETTLED, 3_000),
            change(REGIME_SETTLED, REGIME_EDGE, 4_000));

    assertThat(outcome.edge()).isEqualTo(new EdgeEntry(1_537L, 1_500L, 1_560L, 1_545));
    assertThat(outcome.episodes()).isEqualTo(2);
    assertThat(outcome.catapults()).isEqualTo(1);
    assertThat(outcome.furthest()).isEqualTo(REGIME_SETTLED);
    assertThat(outcome.present()).isEqualTo(REGIME_EDGE);
    assertThat(sentence(outcome))
        .isEqualTo(
            "entered the edge at step 1,537 (95 %: 1,500 to 1,560), two times in all, and was"
                + " thrown off it once; the flow was not tested");
  }

  @Test
  void outcome_afterSilenceOrAnEndTakenBack_isWhereItWas() {
    RunOutcome outcome =
        of(
            change(REGIME_STABLE, REGIME_EDGE, 100),
            change(REGIME_EDGE, REGIME_STALLED, 200),
            change(REGIME_STALLED, REGIME_EDGE, 200),
            change(REGIME_EDGE, REGIME_ENDED, 300),
            change(REGIME_ENDED, REGIME_EDGE, 301).setEndTakenBack(true));

    assertThat(outcome.episodes()).isEqualTo(1);
    assertThat(outcome.present()).isEqualTo(REGIME_EDGE);
    assertThat(outcome.over()).isFalse();
  }

  @Test
  void outcome_judgedOnceMoreFromTheStart_countsOnce() {
    RegimeChanged.Builder[] once = {
      change(REGIME_STARTING, REGIME_STABLE, 20), change(REGIME_STABLE, REGIME_EDGE, 100)
    };
    RunOutcome twice = of(once[0], once[1], once[0], once[1]);

    assertThat(twice.episodes()).isEqualTo(1);
    assertThat(twice).isEqualTo(of(once));
  }

  @Test
  void outcome_withSeveralEigenvalues_saysWhyTheRatioIsAboveOne() {
    RunOutcome outcome =
        of(
                change(REGIME_STABLE, REGIME_EDGE, 100),
                change(REGIME_EDGE, REGIME_ENDED, 300)
                    .setEvidence(Evidence.newBuilder().setStabilityRatio(1.251)))
            .with(
                FlowFitted.newBuilder().setStep(290).setEdgeEigenvalues(2).setSharpness(7).build());

    assertThat(sentence(outcome))
        .endsWith("; two eigenvalues at the threshold, so s = 1.25 by λ₁ alone is expected");
    assertThat(outcome.sharpness()).isEqualTo(new Reading(7, null, 290));
  }

  @Test
  void flow_byItsTests_isSaidAsItIs() {
    FlowTestOutcome agrees = FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES;
    FlowTestOutcome fails = FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS;
    FlowTestOutcome open = FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED;
    RegimeChanged edge = change(REGIME_STABLE, REGIME_EDGE, 10).build();
    RegimeChanged flowing = change(REGIME_EDGE, REGIME_FLOWING, 20).build();

    RunOutcome held =
        RunOutcome.of(
            START, List.of(edge, flowing), List.of(fit(11, agrees), fit(12, agrees, fails)));
    assertThat(held.flowAnswer()).isEqualTo(FlowAnswer.HELD);
    assertThat(sentence(held))
        .endsWith("; the flow was tested and held (agreed at 1 of 2 fits, failed at 1)");
    RunOutcome failed =
        RunOutcome.of(START, List.of(edge), List.of(fit(11, fails), fit(12, open), fit(13)));
    assertThat(failed.flowAnswer()).isEqualTo(FlowAnswer.FAILED);
    assertThat(failed.flow()).isEqualTo(new FlowTests(0, 1, 1));
    RunOutcome undecided = RunOutcome.of(START, List.of(edge), List.of(fit(11, open)));
    assertThat(undecided.flowAnswer()).isEqualTo(FlowAnswer.UNDECIDED);
    RunOutcome untested = RunOutcome.of(START, List.of(edge), List.of(fit(11)));
    assertThat(untested.flowAnswer()).isEqualTo(FlowAnswer.NOT_TESTED);
  }

  @Test
  void ratio_ofAStep_isTheNewest() {
    RunOutcome outcome =
        of(change(REGIME_STARTING, REGIME_STABLE, 20)
                .setEvidence(Evidence.newBuilder().setStabilityRatio(0.1)))
            .withStep(30, 0.4)
            .withStep(25, 0.3)
            .withStep(31, null);

    assertThat(outcome.ratio()).isEqualTo(new Reading(0.4, null, 30));
  }

  @Test
  void regime_ofANewerMonitor_changesNothing() {
    RunOutcome outcome =
        of(
            change(REGIME_STABLE, REGIME_EDGE, 100),
            RegimeChanged.newBuilder().setFrom(REGIME_EDGE).setToValue(77).setDetectedAtStep(120));

    assertThat(outcome.present()).isEqualTo(REGIME_EDGE);
    assertThat(outcome.furthest()).isEqualTo(REGIME_EDGE);
  }
}
