package brink.trainer.flow;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.state.SavedState;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether period-averaged training follows the sharpness-reduction flow, on any network
 * (docs/theory.md). Over a span between two direct measurements of the gradient g of log-sharpness
 * along Γ, the flow moves by f = −r̄·Δp, with r̄ the mean velocity ({@link FlowGradient}) of all
 * measurements of the span and its clock p = τ − ½·ln s. Training moves by d, between the means of
 * its midpoints over the first and the last eighth of the span, on the tangent space of Γ at its
 * end.
 *
 * <p>A step costs one inner product, one in four steps a sum of vectors too; a span costs one
 * projection on the tangent space. Four vectors are kept.
 */
public final class FlowTester {
  /** Least flow time of a span, as of the directions of predicted flows. */
  public static final double SPAN = RunningFlow.SPAN;

  /** Least number of steps of a span: two for each part, whose mean has no period of two. */
  public static final int FEWEST_STEPS = 2 * BlockMeans.COUNT;

  private static final String NAME = "flow test: ";

  private final Kernels kernels;
  private final Tensor direction;
  private final Tensor velocity;
  private final Tensor path;
  private final Tensor displacement;
  private @Nullable FlowSpan span;

  /** Allocates four vectors. */
  public FlowTester(Kernels kernels, int dimension) {
    this.kernels = kernels;
    direction = kernels.allocate(1, dimension);
    velocity = kernels.allocate(1, dimension);
    path = kernels.allocate(1, dimension);
    displacement = kernels.allocate(1, dimension);
  }

  /** Whether steps are to be observed. */
  public boolean isWithinSpan() {
    return span != null;
  }

  /** Gives up the span: what drives the flow is not known throughout. */
  public void cancel() {
    span = null;
  }

  /**
   * Takes a direct measurement, before the same step is observed: ends the span if it is due, and
   * begins the next one.
   *
   * @param gradient g at the step's midpoint, not modified
   * @param nextEnd step of the measurement that a span beginning here ends with
   * @param onManifold projects a vector on TΓ at the midpoint
   * @return what the span that ended says; null where none did, or its numbers leave the finite
   *     ones
   */
  public @Nullable DirectFlowTest measured(
      long step, FlowGradient gradient, long nextEnd, Consumer<Tensor> onManifold) {
    if (gradient.isOfTheLoss(kernels)) {
      span = null; // training moves down the slope of the loss, as before the edge
      return null;
    }
    DirectFlowTest test = null;
    if (span != null && span.eigenvalues() != gradient.weights().size()) {
      span = null; // another flow
    }
    if (span != null) {
      extend(span, step, gradient);
      if (!span.isOver(step)) {
        return null;
      }
      test = test(span, onManifold);
    }
    begin(step, gradient, nextEnd);
    return test == null || !test.isFinite() ? null : test;
  }

  private void begin(long step, FlowGradient gradient, long end) {
    if (gradient.squared() == 0) {
      span = null; // it has no direction
      return;
    }
    span = new FlowSpan(step, end, gradient.weights(), gradient.separation());
    setVelocity(gradient);
    kernels.copy(velocity, direction);
    kernels.scale(1 / kernels.norm(velocity), direction);
    kernels.scale(0, path);
    kernels.scale(0, displacement);
  }

  /** By the trapezoidal rule. */
  private void extend(FlowSpan now, long step, FlowGradient gradient) {
    Tensor change = velocity;
    kernels.scale(-1, change);
    gradient.addVelocity(kernels, 1, change);
    double along = kernels.dot(change, direction);
    long since = now.measured(step, kernels.dot(change, change), along * along);
    gradient.addVelocity(kernels, (double) since, path);
    kernels.axpy(-since / 2.0, change, path);
    setVelocity(gradient);
  }

  private void setVelocity(FlowGradient gradient) {
    kernels.scale(0, velocity);
    gradient.addVelocity(kernels, 1, velocity);
  }

  /**
   * Takes a step of training within a span.
   *
   * @param midpoint of θ_t and θ_{t+1}, re-normalised, not modified
   * @param flowTime of the step
   * @param stability s/λ of the step
   * @param eigenvalues at the midpoint, descending; null where not measured
   */
  public void observe(
      long step,
      Tensor midpoint,
      double flowTime,
      double stability,
      @Nullable List<Double> eigenvalues) {
    if (span == null || span.isOver(step)) {
      span = null; // the measurement that was to end it did not come
      return;
    }
    span.add(step, kernels.dot(midpoint, direction), flowTime, stability, eigenvalues);
    int block = span.block(step);
    if (block == 0) {
      kernels.axpy(-1.0 / span.size(block), midpoint, displacement);
    } else if (block == BlockMeans.COUNT - 1) {
      kernels.axpy(1.0 / span.size(block), midpoint, displacement);
    }
  }

  private DirectFlowTest test(FlowSpan now, Consumer<Tensor> onManifold) {
    onManifold.accept(displacement);
    double distance = kernels.norm(displacement);
    double velocityNorm = kernels.norm(path) / now.steps();
    double forward = -kernels.dot(displacement, path) / kernels.norm(path);
    BlockMeans blocks = now.blocks();
    double time = blocks.flowTime();
    double predicted = velocityNorm * blocks.progress() / time;
    double scatter = Math.sqrt(2) * blocks.scatter(velocityNorm);
    double velocityError = now.velocityError() * blocks.progress() / time;
    // the flow is of leading order in η_in and s − 1
    double order =
        Math.hypot(velocityNorm * now.flowTime() / now.steps(), predicted * blocks.unsteadiness());
    double speedError = hypot(scatter / time, velocityError, order);
    double across =
        hypot(
            hypot(scatter, now.wander(), rounding(now.steps())) / distance,
            now.velocityErrorAcross() / velocityNorm,
            turn(velocityNorm));
    return new DirectFlowTest(
        now.first(),
        now.flowTime(),
        forward / distance,
        Math.min(1, across * across / 2),
        forward / time,
        predicted,
        speedError,
        distance,
        now.measurements());
  }

  /** Length of what two roundings of each weight in each step make of a displacement of θ. */
  private double rounding(long steps) {
    return kernels.precision().unitRoundoff() * Math.sqrt(2 * steps / 3.0);
  }

  /**
   * By how much the tangent space turns from the middle of the span, where d points along the path,
   * to its end, as seen from the velocity: rad.
   */
  private double turn(double velocityNorm) {
    double along = kernels.dot(velocity, direction);
    double across = Math.max(0, kernels.dot(velocity, velocity) - along * along);
    return Math.sqrt(across) / velocityNorm / 2;
  }

  private static double hypot(double a, double b, double c) {
    return Math.hypot(Math.hypot(a, b), c);
  }

  /** Adds what the next step depends on. */
  public void save(SavedState state) {
    if (span != null) {
      span.save(state);
      state.put(NAME + "direction", direction);
      state.put(NAME + "velocity", velocity);
      state.put(NAME + "path", path);
      state.put(NAME + "displacement", displacement);
    }
  }

  /** Takes it back. */
  public void restore(SavedState state) {
    span = FlowSpan.restored(state);
    if (span != null) {
      state.restore(NAME + "direction", direction);
      state.restore(NAME + "velocity", velocity);
      state.restore(NAME + "path", path);
      state.restore(NAME + "displacement", displacement);
    }
  }
}
