package brink.trainer.descent;

import brink.trainer.flow.FlowTester;
import brink.trainer.state.SavedState;

/**
 * Decides at which steps the gradient of log-sharpness is measured directly, and with which of them
 * a span of the flow's test ends.
 *
 * <p>Costs are counted in gradients: a linearization is one and a Hessian-vector product two, which
 * is what it costs where it is a difference of gradients, and somewhat more than it costs
 * otherwise. As a direct measurement consists of products for the most part, its share is rather
 * over- than underestimated.
 */
final class DirectSchedule {
  /** Gradients that a Hessian-vector product counts as. */
  static final int PRODUCT = 2;

  private static final String NAME = "direct schedule";

  /** What the first measurement is reckoned to cost. */
  private static final long FIRST_COST = 3 + 82 * PRODUCT;

  /** Far beyond the end of any run. */
  private static final long LONGEST_SPAN = 1L << 60;

  private final DescentSettings settings;
  private long training;
  private long direct;
  private long next;
  private long owed;

  DirectSchedule(DescentSettings settings) {
    this.settings = settings;
  }

  /** Counts what training itself costs, sharpness included. */
  void train(long gradients) {
    training += gradients;
  }

  /** Whether a measurement is due at a step that measures sharpness. */
  boolean due(long step) {
    return switch (settings.directCadence()) {
      case DirectCadence.Every(int steps) -> DescentSettings.due(step, steps);
      case DirectCadence.Share(double share) ->
          step >= next && (direct > 0 || share * training >= FIRST_COST);
    };
  }

  /** Counts a measurement. */
  void measured(long step, long gradients) {
    long cost = gradients + owed;
    owed = 0;
    direct += cost;
    if (settings.directCadence() instanceof DirectCadence.Share(double share)) {
      // the next one, of the same cost, is paid for then
      double missing = direct + cost - share * training;
      double perStep = share * training / (step + 1);
      long span = shortestSpan(step);
      boolean fits = step + span < settings.steps(); // else no test is worth waiting for
      next = step + Math.max((long) Math.ceil(missing / perStep), fits ? span : 1);
    }
  }

  /** Counts what the flow's test has cost since the last measurement; the next one pays for it. */
  void tested(long gradients) {
    owed += gradients;
  }

  /** The step of the measurement that ends a span which begins with that of a step. */
  long spanEnd(long step) {
    return switch (settings.directCadence()) {
      case DirectCadence.Every(int steps) -> multiple(step + shortestSpan(step), steps);
      case DirectCadence.Share _ -> multiple(Math.max(next, step + shortestSpan(step)), 1);
    };
  }

  /** The first step from one on that measures sharpness and is a multiple of a number. */
  private long multiple(long from, int steps) {
    long common = lcm(steps, settings.curvatureEvery());
    return Math.ceilDiv(from, common) * common;
  }

  private static long lcm(long a, long b) {
    return a / gcd(a, b) * b;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Fewest steps of a span of the flow's test. */
  private long shortestSpan(long step) {
    double passed = settings.flowTimeAt(step);
    long steps = passed == 0 ? 0 : (long) Math.ceil(FlowTester.SPAN / passed);
    return Math.clamp(steps, FlowTester.FEWEST_STEPS, LONGEST_SPAN);
  }

  void save(SavedState state) {
    double[] counts = {training, direct, next, owed};
    state.put(NAME, new SavedState.Vector(counts.length, () -> counts));
  }

  /** Takes it back; a state without a schedule begins one. */
  void restore(SavedState state) {
    if (state.hasVector(NAME)) {
      double[] counts = state.vector(NAME).values().get();
      training = (long) counts[0];
      direct = (long) counts[1];
      next = (long) counts[2];
      owed = (long) counts[3];
    }
  }
}
