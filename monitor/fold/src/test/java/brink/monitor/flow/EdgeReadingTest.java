package brink.monitor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.FlowPrediction;
import brink.v1.FlowTestKind;
import brink.v1.FlowTestOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EdgeReadingTest {
  private static final FlowTestKind RATES = FlowTestKind.FLOW_TEST_KIND_SHARPNESS_GRADIENT;
  private static final FlowTestKind DIRECTION = FlowTestKind.FLOW_TEST_KIND_DIRECTION;
  private static final FlowTrial AGREES = trial(RATES, FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES);
  private static final FlowTrial FAILS = trial(RATES, FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS);
  private static final FlowTrial TURNS = trial(DIRECTION, FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS);
  private static final FlowTrial UNDECIDED =
      trial(RATES, FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED);

  private static FlowTrial trial(FlowTestKind kind, FlowTestOutcome outcome) {
    return new FlowTrial(kind, outcome, -1, -1, 0.25, 0.3, 0.5, Double.NaN, Double.NaN, 0);
  }

  private static EdgeReading reading(boolean measured, double implied, FlowTrial... trials) {
    return new EdgeReading(0, 0, implied, 0.25, measured, true, List.of(trials), null);
  }

  @Test
  void agrees_testThatDoes_isEnoughUnlessOneFails() {
    assertThat(reading(true, -1, AGREES).agrees()).isTrue();
    assertThat(reading(true, -1, UNDECIDED, AGREES).agrees()).isTrue();
    assertThat(reading(true, -1, AGREES, FAILS).agrees()).isFalse();
    assertThat(reading(true, -1, UNDECIDED).agrees()).isFalse();
    assertThat(reading(true, -1).agrees()).isFalse();
  }

  @Test
  void agrees_withoutSharpness_never() {
    assertThat(reading(false, -1, AGREES).agrees()).isFalse();
  }

  /** By more than two errors of what the ledger implies. */
  @Test
  void agrees_ledgerThatImpliesARise_isForbidden() {
    assertThat(reading(true, 0.5, AGREES).agrees()).isTrue();
    assertThat(reading(true, Math.nextUp(0.5), AGREES).agrees()).isFalse();
  }

  @Test
  void fails_oneOfThem_isEnough() {
    assertThat(reading(true, 0, AGREES, FAILS).fails()).isTrue();
    assertThat(reading(true, 0, AGREES, UNDECIDED).fails()).isFalse();
    assertThat(reading(true, 0).fails()).isFalse();
  }

  @Test
  void speaking_testThatFails_comesFirst() {
    assertThat(reading(true, 0, UNDECIDED, AGREES, FAILS).speaking()).isSameAs(FAILS);
    assertThat(reading(true, 0, UNDECIDED, AGREES).speaking()).isSameAs(AGREES);
    assertThat(reading(true, 0, UNDECIDED).speaking()).isNull();
  }

  @Test
  void failing_kindOfTheTest_isThePrediction() {
    assertThat(reading(true, 0, AGREES, FAILS).failing())
        .isEqualTo(FlowPrediction.FLOW_PREDICTION_DIRECT);
    assertThat(reading(true, 0, AGREES, TURNS).failing())
        .isEqualTo(FlowPrediction.FLOW_PREDICTION_DIRECTION);
    assertThat(reading(true, 0, AGREES).failing()).isNull();
  }

  @Test
  void fallsFasterThan_newestBins_haveToBeSureByTwoErrors() {
    EdgeReading reading = new EdgeReading(-1, 0.25, 0, 0, true, true, List.of(), null);
    assertThat(reading.fallsFasterThan(Math.nextDown(0.5))).isTrue();
    assertThat(reading.fallsFasterThan(0.5)).isFalse();
  }

  @Test
  void fallsFasterThan_testOfTheRates_isEnoughWhileTheBinsBreathe() {
    EdgeReading breathing =
        new EdgeReading(1, 0.25, 0, 0, true, true, List.of(UNDECIDED, AGREES), null);
    assertThat(breathing.fallsFasterThan(Math.nextDown(0.5))).isTrue();
    assertThat(breathing.fallsFasterThan(0.5)).isFalse();
  }
}
