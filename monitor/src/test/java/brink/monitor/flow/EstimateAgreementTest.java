package brink.monitor.flow;

import static brink.v1.FlowPrediction.FLOW_PREDICTION_ANGULAR_STEP;
import static brink.v1.FlowPrediction.FLOW_PREDICTION_DIRECT;
import static brink.v1.FlowPrediction.FLOW_PREDICTION_SHARPNESS_DECAY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.flow.EstimateAgreement.Implied;
import brink.v1.FlowPrediction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class EstimateAgreementTest {
  private static final List<FlowPrediction> SOURCES =
      List.of(
          FLOW_PREDICTION_ANGULAR_STEP, FLOW_PREDICTION_SHARPNESS_DECAY, FLOW_PREDICTION_DIRECT);

  @ParameterizedTest
  @EnumSource(
      names = {"FLOW_PREDICTION_UNSPECIFIED", "UNRECOGNIZED"},
      mode = Mode.EXCLUDE)
  void of_oneOffByTenErrors_namesIt(FlowPrediction odd) {
    List<Implied> estimates = new ArrayList<>();
    SOURCES.forEach(s -> estimates.add(new Implied(s, s == odd ? -0.9 : -1, 0.01)));
    EstimateAgreement agreement = requireNonNull(EstimateAgreement.of(estimates));
    assertThat(agreement.failing()).isEqualTo(odd);
    // χ² = 10²·2/3 with two degrees of freedom.
    assertThat(agreement.probability()).isCloseTo(Math.exp(-100.0 / 3), within(1e-24));
  }

  @Test
  void of_estimatesWithinTheirErrors_namesNone() {
    List<Implied> estimates = new ArrayList<>();
    SOURCES.forEach(s -> estimates.add(new Implied(s, -1 + 0.01 * estimates.size(), 0.01)));
    EstimateAgreement agreement = requireNonNull(EstimateAgreement.of(estimates));
    assertThat(agreement.failing()).isNull();
    // χ² = 1 + 0 + 1.
    assertThat(agreement.probability()).isCloseTo(Math.exp(-1), within(1e-12));
  }

  @Test
  void of_two_holdsTheOtherAgainstTheAngularStep() {
    List<Implied> estimates =
        List.of(
            new Implied(FLOW_PREDICTION_ANGULAR_STEP, -1, 0.01),
            new Implied(FLOW_PREDICTION_SHARPNESS_DECAY, -0.8, 0.01));
    assertThat(requireNonNull(EstimateAgreement.of(estimates)).failing())
        .isEqualTo(FLOW_PREDICTION_SHARPNESS_DECAY);
    assertThat(EstimateAgreement.of(estimates.subList(0, 1))).isNull();
  }
}
