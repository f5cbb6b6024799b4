package brink.monitor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.flow.RelaxationFit.Parameters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whether the closed form has anything to say. */
final class RelaxationOutlookTest {
  private final FlowSettings settings = FlowSettings.defaults();

  private @Nullable RelaxationOutlook outlook(double logRatio) {
    FlowHistory history = FlowHistory.EMPTY;
    for (int bin = 0; bin < settings.bins().fewestBins(); bin++) {
      double u = 0.01 * bin;
      double share = SharpnessReductionFlow.share(5 * Math.exp(-2 * u));
      double logarithm = SharpnessReductionFlow.logSharpnessChange(5, 2, u);
      history = history.with(u, logarithm, share, logRatio, Double.NaN);
    }
    RelaxationFit fit = RelaxationFit.of(history, new Parameters(0, 1), 1e-3, settings);
    return RelaxationOutlook.of(Objects.requireNonNull(fit), history, settings);
  }

  @Test
  void of_sharpnessBelowTheThreshold_isNone() {
    assertThat(outlook(-0.2)).isNull();
  }

  @Test
  void of_sharpnessAtOrAboveTheThreshold_isTheClosedForm() {
    assertThat(outlook(-0.01)).isNotNull();
    assertThat(outlook(0.2)).isNotNull();
  }

  @Test
  void of_sharpnessThatIsNotMeasured_isTheClosedForm() {
    assertThat(outlook(Double.NaN)).isNotNull();
  }
}
