package brink.trainer.flow;

/**
 * What is averaged over the equal parts of a span: the place of training along one direction, flow
 * time τ, and ln s. On the flow, place + v·p stays the same for its speed v and its clock p = τ −
 * ½·ln s, but for what the means keep of the oscillation.
 */
final class BlockMeans {
  /** Number of parts. */
  static final int COUNT = 8;

  /** Squares of 1, −3, 3, −1: what independent errors of variance 1 make of a third difference. */
  private static final int THIRD_DIFFERENCE = 20;

  /** Third differences, less two: so that a quotient by the scatter has the variance 1. */
  private static final int FREEDOM = COUNT - 5;

  private static final int QUANTITIES = 4;

  private final double[] sums;

  BlockMeans() {
    this(new double[QUANTITIES * COUNT]);
  }

  /**
   * @param sums as they were saved; kept
   */
  BlockMeans(double[] sums) {
    this.sums = sums;
  }

  /** All that has been added; not a copy. */
  double[] sums() {
    return sums;
  }

  void add(int block, double place, double flowTime, double logRatio) {
    sums[block]++;
    sums[COUNT + block] += place;
    sums[2 * COUNT + block] += flowTime;
    sums[3 * COUNT + block] += logRatio;
  }

  /** Δτ from the first part to the last. */
  double flowTime() {
    return flowTime(COUNT - 1) - flowTime(0);
  }

  /** Δp from the first part to the last. */
  double progress() {
    return clock(COUNT - 1) - clock(0);
  }

  /** Root mean square of ln s. */
  double unsteadiness() {
    double sum = 0;
    for (int block = 0; block < COUNT; block++) {
      sum += logRatio(block) * logRatio(block);
    }
    return Math.sqrt(sum / COUNT);
  }

  /**
   * Standard deviation of place + speed·p about what changes smoothly over the span, from third
   * differences.
   */
  double scatter(double speed) {
    double sum = 0;
    for (int block = 3; block < COUNT; block++) {
      double third =
          departure(block, speed)
              - 3 * departure(block - 1, speed)
              + 3 * departure(block - 2, speed)
              - departure(block - 3, speed);
      sum += third * third;
    }
    return Math.sqrt(sum / (THIRD_DIFFERENCE * FREEDOM));
  }

  private double departure(int block, double speed) {
    return mean(1, block) + speed * clock(block);
  }

  private double clock(int block) {
    return flowTime(block) - logRatio(block) / 2;
  }

  private double flowTime(int block) {
    return mean(2, block);
  }

  private double logRatio(int block) {
    return mean(3, block);
  }

  private double mean(int quantity, int block) {
    return sums[quantity * COUNT + block] / sums[block];
  }
}
