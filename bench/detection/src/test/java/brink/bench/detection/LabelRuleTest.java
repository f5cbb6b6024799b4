package brink.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import brink.bench.detection.Label.Episode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Series as runs have them, at η_in = 1e-3: the rule looks 632 steps ahead. */
class LabelRuleTest {
  private static final int STEPS = 3_000;
  private static final double RATE = 1e-3;

  private final double[] ratio = filled(0.5);
  private final double[] cosine = filled(0.9);
  private final double[] angularStepSquared = filled(1e-6);
  private final double[] roundingSquared = filled(1e-30);
  private final double[] logNorm = filled(0);

  private static double[] filled(double value) {
    double[] series = new double[STEPS];
    Arrays.fill(series, value);
    return series;
  }

  private Label label() {
    return LabelRule.label(
        new Trace(
            0,
            ratio,
            filled(0),
            filled(Double.NaN),
            cosine,
            angularStepSquared,
            roundingSquared,
            filled(RATE),
            logNorm,
            filled(0)));
  }

  private void oscillate(int from, int to, double s) {
    Arrays.fill(ratio, from, to, s);
    Arrays.fill(cosine, from, to, -0.98);
    Arrays.fill(angularStepSquared, from, to, 2 * RATE * 0.5);
  }

  @Test
  void label_oscillationThatLasts_isAnEpisodeFromItsFirstStep() {
    Arrays.fill(ratio, 950, 1000, 1.05);
    oscillate(1000, 2900, 1.02);
    assertThat(label().episodes()).containsExactly(new Episode(950, 1000, 2899));
  }

  @Test
  void label_sharpStart_isNone() {
    oscillate(0, 60, 1.8);
    assertThat(label().episodes()).isEmpty();
  }

  @Test
  void label_oscillationBelowTheThreshold_isNone() {
    oscillate(1000, 2900, 0.6);
    assertThat(label().episodes()).isEmpty();
  }

  @Test
  void label_oscillationAtRoundingLevel_isNone() {
    oscillate(1000, 2900, 1.0);
    Arrays.fill(angularStepSquared, 1e-9);
    // (π/(4·10⁻³))^½ times nine is 252.
    Arrays.fill(roundingSquared, 5e-12);
    assertThat(label().episodes()).isEmpty();
  }

  @Test
  void label_oscillationFarBelowTheFlowsLevel_isAnEpisode() {
    oscillate(1000, 2900, 1.0);
    Arrays.fill(angularStepSquared, 1000, 2900, 2 * RATE * 5e-4);
    assertThat(label().episodes()).containsExactly(new Episode(1000, 1000, 2899));
  }

  @Test
  void label_burstsThatComeBack_areOneEpisode() {
    Arrays.fill(ratio, 1000, STEPS, 0.95);
    for (int burst = 1000; burst < 2800; burst += 200) {
      oscillate(burst, burst + 40, 1.1);
    }
    List<Episode> episodes = label().episodes();
    assertThat(episodes).hasSize(1);
    assertThat(episodes.getFirst().onset()).isEqualTo(1000);
    assertThat(episodes.getFirst().end()).isEqualTo(2639);
  }

  @Test
  void label_rise_endsTheEpisodeAndIsACatapult() {
    oscillate(1000, 1500, 1.02);
    for (int i = 1500; i < STEPS; i++) {
      logNorm[i] = Math.min(2, 0.2 * (i - 1499));
    }
    Label label = label();
    // log 1.5 = 0.405 is passed at the third step of the rise.
    assertThat(label.catapults()).containsExactly(1502);
    assertThat(label.episodes()).containsExactly(new Episode(1000, 1000, 1499));
  }
}
