package brink.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceCheckTest {
  private static final String ALTERNATE = ", gradients alternate (cosine −0.90)";

  private static RegimeChanged edge(long onset, double s, double error, String sentence) {
    RegimeChanged.Builder change =
        RegimeChanged.newBuilder()
            .setFrom(Regime.REGIME_STABLE)
            .setTo(Regime.REGIME_EDGE)
            .setDetectedAtStep(onset + 6)
            .setOnsetStep(onset)
            .setOnsetLow(onset - 2)
            .setOnsetHigh(onset + 6);
    change
        .getEvidenceBuilder()
        .setStabilityRatio(s)
        .setStabilityRatioError(error)
        .setGradientCosine(-0.9)
        .setSentence(sentence);
    return change.build();
  }

  private static String reached(double s, long step, String reason) {
    return "stability ratio reached %.3f ± 0.010 (midpoint) at step %d%s"
        .formatted(s, step, reason + ALTERNATE);
  }

  @Test
  void objections_edgeThatIsTrue_areNone() {
    RegimeChanged at = edge(100, 1.01, 0.01, reached(1.01, 100, ""));
    RegimeChanged above =
        edge(200, 1.2, 0.01, reached(1.2, 200, ", above 1, where an oscillation grows"));
    assertThat(SentenceCheck.objections(List.of(at, above))).isEmpty();
  }

  @Test
  void objections_ratioFarFromOneWithoutAReason_isOne() {
    assertThat(SentenceCheck.objections(List.of(edge(100, 0.74, 0.01, reached(0.74, 100, "")))))
        .singleElement()
        .asString()
        .contains("or it says why");
  }

  @Test
  void objections_onsetBeforeTheLastExit_isOne() {
    RegimeChanged left =
        RegimeChanged.newBuilder()
            .setFrom(Regime.REGIME_EDGE)
            .setTo(Regime.REGIME_CATAPULT)
            .setDetectedAtStep(150)
            .build();
    RegimeChanged again = edge(120, 1.01, 0.01, reached(1.01, 120, ""));
    assertThat(SentenceCheck.objections(List.of(left, again)))
        .anyMatch(objection -> objection.contains("the onset is after the last exit"));
  }
}
