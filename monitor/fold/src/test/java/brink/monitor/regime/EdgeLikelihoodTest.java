package brink.monitor.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.geometry.Motion;
import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EdgeLikelihoodTest {
  private static final DetectorSettings SETTINGS = DetectorSettings.defaults();

  private static SphericalStep step(@Nullable Double cosine) {
    return new SphericalStep(
        Motion.PLAIN, 1, 0, 0.5, 4e-4, 4, 1e-3, 0.1, cosine, null, null, null, false, null, null);
  }

  private static double ofRatio(double s, double error, double jitter) {
    RatioReading reading = new RatioReading(s, error, RatioSource.MIDPOINT);
    return EdgeLikelihood.of(step(null), reading, null, jitter, SETTINGS);
  }

  /** A density integrates to 1: the mean of the likelihood ratio under uniform cosines. */
  @Test
  void ofCosine_averagedOverUniformCosines_isADensity() {
    int cells = 100_000;
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      sum += Math.exp(EdgeLikelihood.ofCosine(2 * (i + 0.5) / cells - 1));
    }
    // The clamp at e⁻³ adds 0.05·0.232 − 0.232⁴ = 0.009.
    assertThat(sum / cells).isCloseTo(1.0087, within(1e-4));
  }

  @Test
  void of_leastRatioOfAnEdge_saysNothing() {
    assertThat(ofRatio(SETTINGS.edge().edgeRatio(), 0, 0)).isCloseTo(0, within(1e-12));
    assertThat(ofRatio(1, 0, 0)).isPositive();
    assertThat(ofRatio(0.8, 0, 0)).isNegative();
  }

  @Test
  void of_errorOrJitter_weakensWhatARatioSays() {
    double exact = ofRatio(0.8, 0, 0);
    assertThat(ofRatio(0.8, 0.2, 0)).isBetween(exact, 0.0);
    assertThat(ofRatio(0.8, 0, 0.25)).isCloseTo(ofRatio(0.8, 0.2, 0), within(1e-12));
  }

  @Test
  void of_negativeCurvature_speaksAgainst() {
    assertThat(ofRatio(-1, 0, 0)).isEqualTo(-3);
  }

  @Test
  void of_kinksThatNoHessianSees_countsTheMove() {
    RatioReading smooth = new RatioReading(0.5, 0, RatioSource.MIDPOINT);
    RatioReading moved = new RatioReading(0.97, 0, RatioSource.GRADIENTS);
    double both = EdgeLikelihood.of(step(-0.95), smooth, moved, 0, SETTINGS);
    double alone = EdgeLikelihood.of(step(-0.95), smooth, null, 0, SETTINGS);
    assertThat(both).isPositive();
    assertThat(alone).isNegative();
  }
}
