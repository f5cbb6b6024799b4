package brink.monitor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.geometry.DirectionTest;
import brink.v1.FlowTestOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionTrialTest {
  @ParameterizedTest
  @CsvSource({
    "0.99, 0.01, 0.50, 0.51, 0.01, AGREES",
    "0.99, 0.01, 0.30, 0.51, 0.01, FAILS",
    "0.50, 0.01, 0.50, 0.51, 0.01, FAILS",
    "0.99, 0.01, 0.50, 0.51, 0.40, UNDECIDED",
    "0.10, 0.90, 0.50, 0.51, 0.01, UNDECIDED"
  })
  void outcome_byCosineAndSpeed_isThatOfBoth(
      double cosine,
      double cosineError,
      double speed,
      double predicted,
      double speedError,
      String outcome) {
    DirectionTest test = new DirectionTest(0.05, cosine, cosineError, speed, predicted, speedError);
    assertThat(DirectionTrial.of(test, 1e-6, 0, FlowSettings.defaults()).outcome())
        .isEqualTo(FlowTestOutcome.valueOf("FLOW_TEST_OUTCOME_" + outcome));
  }

  @Test
  void outcome_ofADifferenceThatTheNextOrderMayLeave_isUndecided() {
    DirectionTest test = new DirectionTest(0.05, 0.988, 0.0005, 0.433, 0.444, 0.0027);

    assertThat(DirectionTrial.of(test, 1e-3, 0, FlowSettings.defaults()).outcome())
        .isEqualTo(FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED);
    assertThat(DirectionTrial.of(test, 1e-4, 0, FlowSettings.defaults()).outcome())
        .isEqualTo(FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS);
    assertThat(DirectionTrial.of(test, 1e-4, 0.02, FlowSettings.defaults()).outcome())
        .isEqualTo(FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED);
  }
}
