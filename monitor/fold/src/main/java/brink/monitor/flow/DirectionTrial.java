package brink.monitor.flow;

import brink.monitor.geometry.DirectionTest;
import brink.v1.FlowTestKind;
import brink.v1.FlowTestOutcome;

/**
 * The test by the motion on Γ: its speed along the direction that the flow predicts, and the cosine
 * of the two. The speed may be off to either side, the cosine below 1 only; their probabilities are
 * joined by Fisher's χ² = −2·(ln p₁ + ln p₂) with four degrees of freedom.
 */
final class DirectionTrial {
  private static final double POWER = 3;

  /** Above this a direction is not known well enough to be a right one or a wrong one. */
  private static final double LARGEST_COSINE_ERROR = 0.25;

  private DirectionTrial() {}

  /**
   * Tests.
   *
   * @param intrinsicRate η_in, by which the flow is of leading order
   * @param late share of its motion that it leaves out
   */
  static FlowTrial of(
      DirectionTest test, double intrinsicRate, double late, FlowSettings settings) {
    double speed = bySpeed(test);
    double direction = byCosine(test);
    double probability =
        ChiSquare.survival(-2 * (StrictMath.log(speed) + StrictMath.log(direction)), 4);
    return new FlowTrial(
        FlowTestKind.FLOW_TEST_KIND_DIRECTION,
        outcome(test, probability, intrinsicRate, late, settings),
        test.speed(),
        test.predictedSpeed(),
        test.speedError(),
        probability,
        test.flowTime(),
        test.cosine(),
        test.cosineError(),
        Double.NaN);
  }

  private static FlowTestOutcome outcome(
      DirectionTest test,
      double probability,
      double intrinsicRate,
      double late,
      FlowSettings settings) {
    boolean powerful =
        test.predictedSpeed() > POWER * test.speedError()
            && test.cosineError() < LARGEST_COSINE_ERROR;
    double limit = Math.hypot(settings.trial().theoryLimit() * intrinsicRate, 2 * late);
    boolean leftOver = isLeftOver(test, limit);
    if (powerful && !leftOver && probability < settings.trial().doubt()) {
      return FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS;
    }
    return powerful && probability >= FlowTrial.AGREEMENT
        ? FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES
        : FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED;
  }

  /**
   * Whether the difference is what the next order may leave: that share of the speed, and an angle
   * whose square is that, for the oscillation's own angle is of order √η_in.
   */
  private static boolean isLeftOver(DirectionTest test, double limit) {
    return Math.abs(test.speed() - test.predictedSpeed()) <= limit * test.predictedSpeed()
        && 2 * (1 - test.cosine()) <= limit;
  }

  private static double bySpeed(DirectionTest test) {
    return twoSided(test.speed() - test.predictedSpeed(), test.speedError());
  }

  private static double byCosine(DirectionTest test) {
    return twoSided(Math.max(0, 1 - test.cosine()), test.cosineError());
  }

  private static double twoSided(double difference, double error) {
    if (error == 0) {
      return difference == 0 ? 1 : Double.MIN_NORMAL;
    }
    double z = difference / error;
    return Math.max(Double.MIN_NORMAL, ChiSquare.survival(z * z, 1));
  }
}
