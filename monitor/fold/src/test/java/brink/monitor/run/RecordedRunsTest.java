package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Evidence;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts on runs of the trainer, and whether their sentences are true by their own numbers. */
final class RecordedRunsTest {
  static Stream<Folded> runs() {
    return Stream.of(Folded.of(Recorded.vgg()), Folded.of(Recorded.perceptron()));
  }

  // α²/(2η_in) is 0.0005 to 0.005 there, since G² is in the tens of thousands.
  @Test
  void vgg_smallAngularSteps_isAtTheEdgeFromItsOnsetOn() {
    Folded run = Folded.of(Recorded.vgg());
    assertThat(run.regimes())
        .containsExactly(Regime.REGIME_STARTING, Regime.REGIME_STABLE, Regime.REGIME_EDGE);
    assertThat(run.change(Regime.REGIME_EDGE).getOnsetStep()).isBetween(270L, 300L);
  }

  // What spoke for the edge at step 690 made another one of a run that had just left it, at s =
  // 0.74
  // and a cosine of 0.89.
  @Test
  void perceptron_afterTheEdgeWasLeft_needsNewEvidence() {
    Folded run = Folded.of(Recorded.perceptron());
    assertThat(run.regimes())
        .containsExactly(
            Regime.REGIME_STARTING,
            Regime.REGIME_STABLE,
            Regime.REGIME_EDGE,
            Regime.REGIME_STABLE,
            Regime.REGIME_EDGE);
    RegimeChanged left = run.changes.get(2);
    RegimeChanged again = run.changes.get(3);
    assertThat(again.getOnsetLow()).isGreaterThanOrEqualTo(left.getDetectedAtStep());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void edge_everyEntry_isTrueByItsOwnNumbers(Folded run) {
    long left = 0;
    for (RegimeChanged change : run.changes) {
      if (change.getTo() == Regime.REGIME_EDGE && change.getFrom() != Regime.REGIME_FLOWING) {
        Evidence evidence = change.getEvidence();
        double distance = evidence.getStabilityRatio() - 1;
        boolean atOne = Math.abs(distance) <= 2 * evidence.getStabilityRatioError();
        String reason = distance > 0 ? ", above 1," : "below 1|along the moves";
        assertThat(atOne || evidence.getSentence().matches(".*(" + reason + ").*"))
            .as(evidence.getSentence())
            .isTrue();
        assertThat(evidence.getGradientCosine()).isNegative();
        assertThat(change.getOnsetStep()).isGreaterThanOrEqualTo(left);
        assertThat(evidence.getSentence()).contains("the flow is not tested yet");
      }
      left = change.getTo() == Regime.REGIME_STABLE ? change.getDetectedAtStep() : left;
    }
    assertThat(run.regimes()).contains(Regime.REGIME_EDGE);
  }
}
