package brink.monitor.regime;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.flow.FlowTrial;
import brink.monitor.flow.Rest;
import brink.monitor.geometry.Smoothed;
import brink.v1.FlowTestKind;
import brink.v1.FlowTestOutcome;
import brink.v1.Regime;
import org.junit.jupiter.api.Test;

/** To the letter. */
final class SentencesTest {
  private static Situation seen() {
    return Situation.in(Regime.REGIME_STARTING);
  }

  private static Situation midpoint(double mean, double error) {
    return seen().ratio(Situation.ratio(mean, error, RatioSource.MIDPOINT));
  }

  private static String stable(Situation situation) {
    return Sentences.stable(situation.signals(), 40);
  }

  private static String edge(Situation situation, Threshold threshold) {
    return Sentences.edge(situation.signals(), Crossing.NONE, Onset.at(40), false, threshold);
  }

  @Test
  void stable_streamThatShowsNothing_asksForTheCosine() {
    assertThat(stable(seen().blind()))
        .isEqualTo(
            "this stream cannot show the edge: it has neither gradient cosine nor sharpness;"
                + " publish gradient_cosine at least");
  }

  @Test
  void stable_withoutSharpness_saysThatItIsNotMeasured() {
    String sentence = "no oscillation up to step 40; sharpness not measured";
    assertThat(stable(seen())).isEqualTo(sentence);
    RatioWitness gradients = Situation.ratio(0.5, 0, RatioSource.GRADIENTS);
    assertThat(stable(seen().ratio(gradients))).isEqualTo(sentence);
  }

  @Test
  void stable_below_givesTheRatio() {
    assertThat(stable(midpoint(0.5, 0.01)))
        .isEqualTo("stability ratio 0.500 ± 0.010 (midpoint) at step 40, no oscillation");
    assertThat(stable(midpoint(Math.nextDown(1.0), 0))).startsWith("stability ratio");
  }

  @Test
  void stable_aboveByLessThanTwoErrors_isNotKnown() {
    String sentence =
        "no oscillation up to step 40; whether the stability ratio is below 1 is not known yet: ";
    assertThat(stable(midpoint(1, 0.25))).isEqualTo(sentence + "1.000 ± 0.250 (midpoint)");
    assertThat(stable(midpoint(1.49, 0.25))).startsWith(sentence);
  }

  @Test
  void stable_clearlyAbove_saysSo() {
    assertThat(stable(midpoint(1.5, 0.25)))
        .isEqualTo(
            "stability ratio 1.500 ± 0.250 (midpoint) at step 40, above 1, but no oscillation");
    assertThat(stable(midpoint(1, 0))).endsWith("at step 40, above 1, but no oscillation");
  }

  @Test
  void stable_negativeSharpness_isDoubted() {
    assertThat(stable(midpoint(-0.5, 0)))
        .endsWith(
            "; sharpness is negative, which the largest eigenvalue is not at a minimum: check"
                + " which one the producer publishes");
    assertThat(stable(midpoint(0, 0))).doesNotContain("negative");
  }

  // At the edge.

  @Test
  void settled_halfAUnitOfFlowTime_givesTheChangeOverIt() {
    Rest rest = new Rest(-0.04, 0.01, 0.01, 0.5);
    assertThat(Sentences.settled(midpoint(1, 0).signals(), rest))
        .isEqualTo(
            "sharpness is at rest: over the last 0.50 units of flow time log sharpness changed by"
                + " −0.020 ± 0.005, and stayed within 0.010; stability ratio 1.000 ± 0"
                + " (midpoint); this claims no flow");
  }

  @Test
  void flowing_testOfTheDirection_givesSpeedAndCosine() {
    FlowTrial trial =
        new FlowTrial(
            FlowTestKind.FLOW_TEST_KIND_DIRECTION,
            FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES,
            1,
            1.1,
            0.1,
            0.3,
            0.5,
            0.999,
            0.001,
            Double.NaN);
    assertThat(Sentences.flowing(midpoint(1, 0).signals(), trial))
        .isEqualTo(
            "training's speed in the predicted direction on Γ is 1.000, and the flow predicts"
                + " 1.100 ± 0.10, the cosine of the two is 0.999000 ± 0.001 (p = 0.30 over 0.50"
                + " units of flow time): they agree; stability ratio 1.000 ± 0 (midpoint)");
  }

  // What speaks for an edge.

  @Test
  void edge_withoutRatioOrCosine_tellsOfTheAngularStep() {
    assertThat(edge(seen(), Threshold.AT))
        .isEqualTo(
            "angular step rose to the edge's level at step 40, gradient cosine not measured; the"
                + " flow is not tested yet");
    assertThat(edge(seen().cosine(-0.9), Threshold.AT))
        .isEqualTo(
            "angular step rose to the edge's level at step 40, gradients alternate (cosine −0.90);"
                + " the flow is not tested yet");
  }

  @Test
  void edge_eachThreshold_hasItsReason() {
    Situation edge = midpoint(0.95, 0).along(0.97).rise(Math.log(1.5), 30);
    String reached = "stability ratio reached 0.950 ± 0 (midpoint) at step 40";
    String rest = ", gradient cosine not measured; the flow is not tested yet";
    assertThat(edge(edge, Threshold.AT)).isEqualTo(reached + rest);
    assertThat(edge(edge, Threshold.BELOW)).isEqualTo(reached + rest);
    assertThat(edge(edge, Threshold.ABOVE))
        .isEqualTo(reached + ", above 1, where an oscillation grows" + rest);
    assertThat(edge(edge, Threshold.THROWN))
        .isEqualTo(
            reached + ", thrown to a squared weight norm of 1.50 times its latest low" + rest);
    assertThat(edge(edge, Threshold.ALONG_MOVES))
        .isEqualTo(
            reached
                + ", but 0.970 ± 0 along the moves, which cross kinks that a Hessian does not see"
                + rest);
    assertThat(edge(edge, Threshold.NEAR))
        .isEqualTo(reached + ", below 1 by no more than deep networks keep at their edge" + rest);
  }

  // Doubts.

  private static Situation parallel(double ratio, double along, double cosine) {
    return midpoint(ratio, 0).along(along).cosine(cosine).rise(Math.log(4), 30);
  }

  @Test
  void edge_gradientsThatContradictSharpness_areDoubted() {
    assertThat(edge(parallel(0.5, 1, -0.95), Threshold.ALONG_MOVES))
        .endsWith(
            "; by the gradients it is 1.000 along the same steps: a loss with kinks, or sharpness"
                + " that is not that of the sphere (‖w‖² times that of ∇²L(w))");
    assertThat(edge(parallel(0.5, 1, -0.9), Threshold.ALONG_MOVES)).doesNotContain("the gradients");
    assertThat(edge(parallel(0.95, 1, -0.95), Threshold.ALONG_MOVES))
        .doesNotContain("the gradients");
    assertThat(edge(midpoint(0.5, 0).cosine(-0.95), Threshold.AT)).doesNotContain("the gradients");
    Situation unsure = parallel(0.5, 1, -0.95);
    unsure.ratio(Situation.ratio(0.5, 0.25, RatioSource.MIDPOINT));
    assertThat(edge(unsure, Threshold.ALONG_MOVES)).doesNotContain("the gradients");
  }

  @Test
  void edge_gradientsThatSayTheNormTimesAsMuch_nameTheMistake() {
    assertThat(edge(parallel(0.25, 1, -0.95), Threshold.ALONG_MOVES))
        .endsWith(
            "; by the gradients it is 1.000 along the same steps, 4.00 times as much, which is"
                + " ‖w‖²: sharpness seems to be that of ∇²L(w) and not of the sphere, where λ₁ is"
                + " ‖w‖² times as large");
  }

  @Test
  void stable_whatTheStreamSaysOfItself_isAppended() {
    Signals seen = midpoint(0.5, 0).signals();
    Witnesses pointless =
        new Witnesses(seen.witnesses().noise(), Smoothed.EMPTY, Smoothed.EMPTY, true, 0);
    LedgerWitness coarse =
        new LedgerWitness(
            0, -1, 0, ScaleInvariance.HOLDS, 0, 0, 0, 0, RadialWitness.of(Double.NaN));
    Signals doubtful =
        new Signals(
            seen.ratio(),
            seen.cosine(),
            seen.angularStep(),
            seen.norm(),
            seen.slowLoss(),
            coarse,
            0,
            0.125,
            pointless);
    assertThat(Sentences.stable(doubtful, 40))
        .isEqualTo(
            "stability ratio 0.500 ± 0 (midpoint) at step 40, no oscillation; up to step 0 the"
                + " eigenvector that the producer followed was not the top one, and missed 12.5 %"
                + " of sharpness; sharpness without a point, first at step 0, is not used: set it"
                + " to ITERATE or MIDPOINT; norms are rounded to single precision since step 0,"
                + " though the producer declares a finer one: the ledger is read to single"
                + " precision");
  }

  @Test
  void stable_whatTheLedgerSays_isAppended() {
    LedgerWitness unmeasured = LedgerWitness.of(ScaleInvariance.NEARLY, 2.1e-5);
    String declared =
        "; the loss is nearly scale-invariant (⟨w, ∇L⟩/(‖w‖‖∇L‖) = 2.1e−05 at the start)";
    assertThat(stable(midpoint(0.5, 0).ledger(unmeasured))).endsWith(declared);
    LedgerEntry entry = new LedgerEntry(Math.expm1(1e-4), true, false, false, 1e-3);
    LedgerWitness measured = unmeasured.with(entry, 0, DetectorSettings.defaults());
    assertThat(stable(midpoint(0.5, 0).ledger(measured)))
        .endsWith(
            declared
                + ": along the weights the gradient takes 5.000 ± 0 % from weight decay, which"
                + " verdicts allow for; s at the edge changes by the order of 5e−05");
    assertThat(stable(midpoint(0.5, 0).ledger(ledger(ScaleInvariance.HOLDS, 0))))
        .endsWith("; the norm ledger last broke at step 0 (relative error 1.0e−03)");
    assertThat(stable(midpoint(0.5, 0).ledger(ledger(ScaleInvariance.UNKNOWN, -1))))
        .endsWith("no oscillation");
    assertThat(stable(midpoint(0.5, 0).ledger(ledger(ScaleInvariance.LOST, 30))))
        .endsWith(
            "; the loss is not scale-invariant since step 25 (norm ledger off by 1.0e−03), or the"
                + " producer did not declare momentum or another update rule");
  }

  private static LedgerWitness ledger(ScaleInvariance invariance, long broken) {
    return new LedgerWitness(
        1e-3, broken, 1e-3, invariance, 25, 0, 0, -1, RadialWitness.of(Double.NaN));
  }
}
