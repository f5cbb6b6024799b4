package brink.monitor.flow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.v1.FlowTestOutcome;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test by the gradient of sharpness, on simulations of its own model. */
final class GradientTrialTest {
  private static final FlowSettings SETTINGS = FlowSettings.defaults();
  private static final int RUNS = 2_000;

  /** Small enough that the theory's own error has no part in it. */
  private static final double INTRINSIC = 1e-7;

  /**
   * Bins of a flow with G² = 4·e^(−2τ) and s = 1.
   *
   * @param correlation of the noise of neighbouring bins
   * @param factor of the published G²
   */
  private static FlowHistory flow(Random random, double noise, double correlation, double factor) {
    FlowHistory bins = FlowHistory.EMPTY;
    double error = random.nextGaussian();
    for (int i = 0; i < FlowHistory.CAPACITY; i++) {
      double time = 0.01 * i;
      double squared = 4 * Math.exp(-2 * time);
      double share = SharpnessReductionFlow.share(squared);
      double logarithm = 2 + SharpnessReductionFlow.logSharpnessChange(4, 2, time);
      error =
          correlation * error + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
      bins = bins.with(time, logarithm + noise * error, share, 0, factor * squared);
    }
    return bins;
  }

  private static FlowTrial trial(FlowHistory bins) {
    return requireNonNull(GradientTrial.of(bins, INTRINSIC, SETTINGS));
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0.03", "0.25, 0.08", "0.5, 0.1"})
  void probability_ofFlowsWithNoise_isUniform(double quantile, double tolerance) {
    Random random = new Random(3);
    double[] probabilities = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      probabilities[i] = trial(flow(random, 1e-3, 0, 1)).probability();
    }
    Arrays.sort(probabilities);
    assertThat(probabilities[(int) (quantile * RUNS)]).isCloseTo(quantile, within(tolerance));
  }

  @Test
  void error_ofFlowsWithNoise_coversTwoInTwentyAtMost() {
    Random random = new Random(4);
    int outside = 0;
    for (int i = 0; i < RUNS; i++) {
      FlowTrial trial = trial(flow(random, 1e-3, 0.5, 1));
      outside += Math.abs(trial.measured() - trial.predicted()) > 2 * trial.error() ? 1 : 0;
    }
    assertThat(outside).isBetween(RUNS / 100, RUNS / 10);
  }

  @Test
  void probability_ofGradientOffByAFifth_rejectsNineOfTen() {
    Random random = new Random(5);
    int rejected = 0;
    for (int i = 0; i < RUNS; i++) {
      rejected += trial(flow(random, 1e-3, 0, 1.2)).probability() < 0.05 ? 1 : 0;
    }
    assertThat(rejected).isGreaterThan(9 * RUNS / 10);
  }

  @Test
  void outcome_ofAFlow_agreesAndOfAnotherSharpnessFails() {
    assertThat(trial(flow(new Random(6), 1e-4, 0, 1)).agrees()).isTrue();
    assertThat(trial(flow(new Random(6), 1e-4, 0, 1.2)).fails()).isTrue();
  }

  @Test
  void outcome_ofWhatTheNextOrderLeaves_isUndecided() {
    double intrinsic = 1e-3;
    FlowHistory bins = flow(new Random(6), 1e-6, 0, 1 + 27 * intrinsic);
    FlowTrial trial = requireNonNull(GradientTrial.of(bins, intrinsic, SETTINGS));
    assertThat(trial.probability()).isLessThan(SETTINGS.trial().doubt());
    assertThat(trial.outcome()).isEqualTo(FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED);
  }

  /** Bins of the flow of a threshold that λ₁ drifts away from; G*² is of several from a bin on. */
  private static FlowHistory several(int from) {
    Random random = new Random(6);
    FlowHistory bins = FlowHistory.EMPTY;
    for (int i = 0; i < FlowHistory.CAPACITY; i++) {
      double time = 0.01 * i;
      double squared = 4 * Math.exp(-2 * time);
      double drift = 0.1 * time;
      double held =
          2 + SharpnessReductionFlow.logSharpnessChange(4, 2, time) + 1e-4 * random.nextGaussian();
      double share = SharpnessReductionFlow.share(squared);
      bins =
          bins.with(
              time,
              held + drift,
              share,
              drift,
              squared,
              i >= from,
              Double.NaN,
              Double.NaN,
              Double.NaN);
    }
    return bins;
  }

  @Test
  void outcome_ofSeveralAtAThresholdThatLambdaOneLeaves_isThatOfTheThreshold() {
    assertThat(trial(several(0)).agrees()).isTrue();
    assertThat(trial(several(FlowHistory.CAPACITY)).fails()).isTrue();
  }

  @Test
  void flowTime_afterAnEigenvalueCame_beginsATenthOfAUnitLater() {
    assertThat(trial(several(5)).flowTime()).isCloseTo(0.2, within(1e-6));
  }

  /**
   * Bins of a threshold that falls at −5/3, as G² = 20 has it, and that an eigenvalue comes to and
   * leaves with every fourth bin, in which G² is measured.
   *
   * @param alone G² where one is at the threshold
   * @param together G*² of two
   */
  private static FlowHistory comingAndGoing(double alone, double together) {
    Random random = new Random(6);
    FlowHistory bins = FlowHistory.EMPTY;
    for (int i = 0; i < FlowHistory.CAPACITY; i++) {
      double time = 0.01 * i;
      boolean two = i % 8 == 0;
      double squared = two ? together : alone;
      double ratio = 0.01 * random.nextGaussian();
      bins =
          bins.with(
              time,
              -5 / 3.0 * time + ratio + 1e-4 * random.nextGaussian(),
              SharpnessReductionFlow.share(squared),
              ratio,
              i % 4 == 0 ? squared : Double.NaN,
              two,
              Double.NaN,
              Double.NaN,
              Double.NaN);
    }
    return bins;
  }

  @Test
  void outcome_whereEigenvaluesComeAndGo_isThatOfTheThresholdWithTheirDifferenceInDoubt() {
    FlowTrial sure = trial(comingAndGoing(20, 20));
    FlowTrial doubtful = trial(comingAndGoing(26, 16));
    assertThat(sure.agrees()).isTrue();
    assertThat(doubtful.agrees()).isTrue();
    double half = (52 / 30.0 - 32 / 20.0) / 2;
    assertThat(doubtful.error()).isCloseTo(half, within(0.2 * half));
    assertThat(doubtful.error()).isGreaterThan(2 * sure.error());
  }

  @Test
  void outcome_whereTheyComeAndGoAndSharpnessFallsOtherwise_fails() {
    assertThat(trial(comingAndGoing(5, 5)).fails()).isTrue();
    assertThat(trial(comingAndGoing(6, 4)).fails()).isTrue();
  }

  @Test
  void outcome_whereTheyDifferTooMuch_isUndecided() {
    assertThat(trial(comingAndGoing(200, 4)).outcome())
        .isEqualTo(FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED);
  }

  /** Bins of a flow with G² = 4·e^(−2τ) that the loss's slope adds a rate to. */
  private static FlowHistory sloping(double rate, double published, double lagging) {
    Random random = new Random(8);
    FlowHistory bins = FlowHistory.EMPTY;
    for (int i = 0; i < FlowHistory.CAPACITY; i++) {
      double time = 0.01 * i;
      double squared = 4 * Math.exp(-2 * time);
      double fall = SharpnessReductionFlow.logSharpnessChange(4, 2, time);
      double logarithm = 2 + fall + rate * time + 1e-4 * random.nextGaussian();
      double share = SharpnessReductionFlow.share(squared);
      bins = bins.with(time, logarithm, share, 0, squared, false, published, lagging, Double.NaN);
    }
    return bins;
  }

  @Test
  void outcome_ofALossThatSlopes_needsItsSlope() {
    assertThat(trial(sloping(0.2, 0.2, 0)).agrees()).isTrue();
    assertThat(trial(sloping(0.2, 0, 0)).fails()).isTrue();
    assertThat(trial(sloping(0.2, 0.2, 0)).predicted()).isCloseTo(-0.63, within(0.02));
    assertThat(trial(sloping(0.2, 0.2, 0)).bySlope()).isCloseTo(0.2, within(1e-6));
    assertThat(trial(sloping(0.2, 0.2, 0)).toMessage().getBySlope()).isCloseTo(0.2, within(1e-6));
  }

  @Test
  void outcome_whereTheSlopeDoesMostOfIt_isNoAgreement() {
    assertThat(trial(sloping(0.5, 0.5, 0)).outcome())
        .isEqualTo(FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED);
  }

  @Test
  void outcome_ofADifferenceThatLateMotionMayMake_isNoFailure() {
    assertThat(trial(sloping(0.02, 0, 0)).fails()).isTrue();
    assertThat(trial(sloping(0.02, 0, 0.01)).agrees()).isTrue();
    assertThat(trial(sloping(0.02, 0, 0.2)).outcome())
        .isEqualTo(FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED);
  }

  @Test
  void outcome_ofAHugeGradientThatIsNotWellKnown_isThatOfTheRate() {
    assertThat(fastest(1, 0.1).agrees()).isTrue();
    assertThat(fastest(1, 0.1).predicted()).isCloseTo(-2 * 200 / 204.0, within(1e-6));
    assertThat(fastest(0.6, 0.1).fails()).isTrue();
  }

  /** Bins of a fall at a multiple of what G² = 200 makes. */
  private static FlowTrial fastest(double multiple, double lagging) {
    Random random = new Random(9);
    FlowHistory bins = FlowHistory.EMPTY;
    for (int i = 0; i < FlowHistory.CAPACITY; i++) {
      double time = 0.01 * i;
      double logarithm = -multiple * 2 * 200 / 204 * time + 1e-3 * random.nextGaussian();
      bins = bins.with(time, logarithm, 4 / 204.0, 0, 200, false, 0, lagging, Double.NaN);
    }
    return trial(bins);
  }

  @Test
  void outcome_betweenBursts_isUndecided() {
    FlowHistory bins = FlowHistory.EMPTY;
    for (int i = 0; i < FlowHistory.CAPACITY; i++) {
      bins = bins.with(0.01 * i, 2, 1e-6, 0.02 * i, 1e5);
    }
    assertThat(trial(bins).outcome()).isEqualTo(FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED);
  }

  @Test
  void of_noDirectMeasurement_isNull() {
    FlowHistory bins = FlowHistory.EMPTY;
    for (int i = 0; i < FlowHistory.CAPACITY; i++) {
      bins = bins.with(0.01 * i, 2, 0.5, 0, Double.NaN);
    }
    assertThat(GradientTrial.of(bins, INTRINSIC, SETTINGS)).isNull();
  }
}
