package brink.monitor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.FlowTestKind;
import brink.v1.FlowTestOutcome;
import brink.v1.FlowTestResult;
import org.junit.jupiter.api.Test;

final class FlowTrialTest {
  private static final FlowTestOutcome AGREES = FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES;
  private static final FlowTestOutcome FAILS = FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS;
  private static final FlowTestOutcome UNDECIDED = FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED;
  private static final FlowTestKind RATES = FlowTestKind.FLOW_TEST_KIND_SHARPNESS_GRADIENT;
  private static final FlowTestKind DIRECTION = FlowTestKind.FLOW_TEST_KIND_DIRECTION;

  private static FlowTrial trial(FlowTestKind kind, FlowTestOutcome outcome, double measured) {
    return new FlowTrial(kind, outcome, measured, -1.5, 0.25, 0.3, 0.75, 0.5, 0.125, 0);
  }

  /** Falls at 1, surely at more than 0.5. */
  @Test
  void showsFall_rateThatAgrees_isSureByTwoErrors() {
    FlowTrial falling = trial(RATES, AGREES, -1);
    assertThat(falling.showsFall(Math.nextDown(0.5))).isTrue();
    assertThat(falling.showsFall(0.5)).isFalse();
    assertThat(trial(RATES, AGREES, 1).showsFall(0)).isFalse();
  }

  @Test
  void showsFall_testThatDoesNotAgree_isNone() {
    assertThat(trial(RATES, FAILS, -1).showsFall(0)).isFalse();
    assertThat(trial(RATES, UNDECIDED, -1).showsFall(0)).isFalse();
  }

  /** Its measure is a speed, not a change of sharpness. */
  @Test
  void showsFall_testOfTheDirection_isNone() {
    assertThat(trial(DIRECTION, AGREES, -1).showsFall(0)).isFalse();
  }

  @Test
  void outcome_eachOne_isWhatItSays() {
    assertThat(trial(RATES, AGREES, -1).agrees()).isTrue();
    assertThat(trial(RATES, AGREES, -1).fails()).isFalse();
    assertThat(trial(RATES, FAILS, -1).agrees()).isFalse();
    assertThat(trial(RATES, FAILS, -1).fails()).isTrue();
    assertThat(trial(RATES, UNDECIDED, -1).agrees()).isFalse();
    assertThat(trial(RATES, UNDECIDED, -1).fails()).isFalse();
  }

  @Test
  void toMessage_trial_isWhole() {
    FlowTestResult message = trial(RATES, AGREES, -1).toMessage();
    assertThat(message.getKind()).isEqualTo(RATES);
    assertThat(message.getOutcome()).isEqualTo(AGREES);
    assertThat(message.getMeasured().getValue()).isEqualTo(-1);
    assertThat(message.getMeasured().getStandardError()).isEqualTo(0.25);
    assertThat(message.getPredicted().getValue()).isEqualTo(-1.5);
    assertThat(message.getPValue()).isEqualTo(0.3);
    assertThat(message.getFlowTime()).isEqualTo(0.75);
  }
}
