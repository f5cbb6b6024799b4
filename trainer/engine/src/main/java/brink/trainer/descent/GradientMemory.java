package brink.trainer.descent;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Tensor;
import brink.trainer.state.SavedState;
import org.jspecify.annotations.Nullable;

/** The gradients of this step and the last, and what their difference tells about curvature. */
final class GradientMemory {
  private final Kernels kernels;
  private final Tensor displacement;
  private final Tensor difference;
  private final Scalar currentSquared;
  private final Scalar product;
  private final Scalar displacementSquared;
  private final Scalar turn;
  private Tensor current;
  private Tensor previous;
  private double previousSquared;
  private boolean hasPrevious;

  GradientMemory(Kernels kernels, int dimension) {
    this.kernels = kernels;
    displacement = kernels.allocate(1, dimension);
    difference = kernels.allocate(1, dimension);
    current = kernels.allocate(1, dimension);
    previous = kernels.allocate(1, dimension);
    currentSquared = kernels.allocateScalar();
    product = kernels.allocateScalar();
    displacementSquared = kernels.allocateScalar();
    turn = kernels.allocateScalar();
  }

  /** Keeps a copy of ∇L(w_t), and queues what will be asked of it. */
  void record(Tensor gradient) {
    kernels.copy(gradient, current);
    kernels.dot(current, current, currentSquared);
    if (hasPrevious) {
      kernels.dot(current, previous, product);
      kernels.dot(displacement, displacement, displacementSquared);
      kernels.copy(current, difference);
      kernels.axpy(-1, previous, difference);
      kernels.dot(difference, displacement, turn);
    }
  }

  /** ∇L(w_t). */
  Tensor gradient() {
    return current;
  }

  /** ‖∇L(w_t)‖². */
  double squaredNorm() {
    return currentSquared.get();
  }

  /** Makes this step the last one; the update moved it from w_t to w_{t+1}. */
  void advance(Tensor from, Tensor to) {
    kernels.copy(to, displacement);
    kernels.axpy(-1, from, displacement);
    previousSquared = currentSquared.get();
    Tensor recycled = previous;
    previous = current;
    current = recycled;
    hasPrevious = true;
  }

  void save(SavedState state) {
    if (hasPrevious) {
      state.put("previous gradient", previous);
      state.put("displacement", displacement);
    }
  }

  void restore(SavedState state) {
    hasPrevious = state.hasVector("previous gradient");
    if (hasPrevious) {
      state.restore("previous gradient", previous);
      state.restore("displacement", displacement);
      previousSquared = kernels.dot(previous, previous);
    }
  }

  /**
   * Cosine of the two gradients; null where there is no previous one, one of them vanishes, or the
   * quotient leaves the finite numbers.
   */
  @Nullable Double cosine() {
    if (!hasPrevious) {
      return null;
    }
    double norms = Math.sqrt(currentSquared.get()) * Math.sqrt(previousSquared);
    if (norms == 0 || !Double.isFinite(norms)) {
      return null;
    }
    return finite(product.get() / norms);
  }

  /**
   * Δg·Δw/‖Δw‖²; null where there is no previous step, it did not move, or the quotient leaves the
   * finite numbers.
   */
  @Nullable Double directionalCurvature() {
    double length = hasPrevious ? displacementSquared.get() : 0;
    if (length == 0 || !Double.isFinite(length)) {
      return null;
    }
    return finite(turn.get() / length);
  }

  // Squares of finite entries may overflow, and an infinite norm makes 0 or NaN of a cosine.
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }
}
