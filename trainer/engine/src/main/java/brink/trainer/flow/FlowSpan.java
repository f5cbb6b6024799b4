package brink.trainer.flow;

import brink.trainer.state.SavedState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The span that a {@link FlowTester} is in: its steps and all numbers of it that are no vectors.
 */
final class FlowSpan {
  private static final String STEPS = "flow test: steps";
  private static final String NUMBERS = "flow test: numbers";
  private static final String BLOCKS = "flow test: blocks";

  private static final int SCALARS = 7;

  private final long first;
  private final long end;
  private final List<Double> weights;
  private final double separation;
  private final BlockMeans blocks;
  private double flowTime;
  private double logRatio;
  private double logGap;
  private double gaps;
  private double turned;
  private double turnedAlong;
  private long lastMeasured;
  private int measurements;

  /**
   * @param first step of the direct measurement that it starts from
   * @param end step of the one that it ends with, two or more for each part later
   * @param weights W_ii of the eigenvalues that s is that of
   * @param separation of their gradients
   */
  FlowSpan(long first, long end, List<Double> weights, double separation) {
    this(first, end, weights, separation, new BlockMeans());
    logRatio = Double.NaN;
    lastMeasured = first;
    measurements = 1;
  }

  private FlowSpan(
      long first, long end, List<Double> weights, double separation, BlockMeans blocks) {
    this.first = first;
    this.end = end;
    this.weights = weights;
    this.separation = separation;
    this.blocks = blocks;
  }

  long first() {
    return first;
  }

  /** Number of eigenvalues at the threshold. */
  int eigenvalues() {
    return weights.size();
  }

  /** Whether a step is the last or later. */
  boolean isOver(long step) {
    return step >= end;
  }

  /** Number of steps. */
  long steps() {
    return end - first;
  }

  /** The part that a step belongs to. */
  int block(long step) {
    return (int) (BlockMeans.COUNT * (step - first) / steps());
  }

  /** Number of steps of a part. */
  long size(int block) {
    return begin(block + 1) - begin(block);
  }

  private long begin(int block) {
    return Math.ceilDiv(block * steps(), BlockMeans.COUNT);
  }

  BlockMeans blocks() {
    return blocks;
  }

  double flowTime() {
    return flowTime;
  }

  int measurements() {
    return measurements;
  }

  /**
   * A step of training.
   *
   * @param place of its midpoint
   * @param passed flow time of the step
   * @param stability per sharpness, s/λ
   * @param eigenvalues at the midpoint, descending; null where not measured, and then the last
   *     count
   */
  void add(
      long step,
      double place,
      double passed,
      double stability,
      @Nullable List<Double> eigenvalues) {
    if (eigenvalues != null) {
      logRatio = Math.log(stability) + logSharpness(eigenvalues);
      logGap = Math.log(eigenvalues.getFirst() / eigenvalues.get(eigenvalues() - 1));
    }
    gaps += logGap * logGap;
    blocks.add(block(step), place, flowTime, logRatio);
    flowTime += passed;
  }

  /**
   * How far training may be from the mean path at both ends, while several eigenvalues take turns
   * to be held at the threshold: that is seen as gaps between them, and beside the flow for the
   * most part. Rad; 0 for one eigenvalue.
   */
  double wander() {
    return eigenvalues() == 1 ? 0 : Math.sqrt(2 * gaps / steps()) / separation;
  }

  private double logSharpness(List<Double> eigenvalues) {
    double sum = 0;
    for (int i = 0; i < weights.size(); i++) {
      sum += weights.get(i) * Math.log(eigenvalues.get(i));
    }
    return sum;
  }

  /**
   * Another direct measurement.
   *
   * @param change ‖Δr‖² of the flow's velocity r since the last one
   * @param along its part along the velocity at the start, squared
   * @return steps since the last one
   */
  long measured(long step, double change, double along) {
    turned += change;
    turnedAlong += along;
    measurements++;
    long since = step - lastMeasured;
    lastMeasured = step;
    return since;
  }

  /**
   * Error of the mean velocity along the one at the start: of the trapezoidal rule over m intervals
   * if all that changes from one measurement to the next is their errors. Where the path bends, and
   * nothing else, that is more than the rule's own error.
   */
  double velocityError() {
    return Math.sqrt(turnedAlong * meanOfErrors());
  }

  /** The same across it. */
  double velocityErrorAcross() {
    return Math.sqrt(Math.max(0, turned - turnedAlong) * meanOfErrors());
  }

  private double meanOfErrors() {
    double intervals = measurements - 1;
    // errors of variance σ² change by 2σ²; the weights are 1/m, at the ends half of that
    return (intervals - 0.5) / (intervals * intervals) / (2 * intervals);
  }

  void save(SavedState state) {
    put(state, STEPS, (double) first, (double) end, (double) lastMeasured, measurements);
    double[] scalars = {flowTime, logRatio, logGap, gaps, turned, turnedAlong, separation};
    put(
        state,
        NUMBERS,
        DoubleStream.concat(
                Arrays.stream(scalars), weights.stream().mapToDouble(Double::doubleValue))
            .toArray());
    put(state, BLOCKS, blocks.sums());
  }

  /** The span that was saved; null if there was none. */
  static @Nullable FlowSpan restored(SavedState state) {
    if (!state.hasVector(STEPS)) {
      return null;
    }
    double[] steps = state.vector(STEPS).values().get();
    double[] numbers = state.vector(NUMBERS).values().get();
    FlowSpan span =
        new FlowSpan(
            (long) steps[0],
            (long) steps[1],
            Arrays.stream(numbers).skip(SCALARS).boxed().toList(),
            numbers[SCALARS - 1],
            new BlockMeans(state.vector(BLOCKS).values().get()));
    span.lastMeasured = (long) steps[2];
    span.measurements = (int) steps[3];
    span.flowTime = numbers[0];
    span.logRatio = numbers[1];
    span.logGap = numbers[2];
    span.gaps = numbers[3];
    span.turned = numbers[4];
    span.turnedAlong = numbers[5];
    return span;
  }

  private static void put(SavedState state, String name, double... values) {
    double[] copy = values.clone();
    state.put(name, new SavedState.Vector(copy.length, copy::clone));
  }
}
