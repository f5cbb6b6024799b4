package brink.trainer.flow;

import brink.trainer.curvature.SphereGeometry;
import brink.trainer.flow.PlanePosition.Frame;
import brink.trainer.flow.PlanePosition.Turn;
import brink.trainer.flow.PredictedFlow.Place;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Tensor;
import brink.trainer.state.SavedState;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.jspecify.annotations.Nullable;

/**
 * The plane in which training is drawn: that of its slow motion and of its oscillation
 * (docs/theory.md). A frame is set at an anchor step a, with m_a = (θ_a + θ_{a+1})/2 re-normalised
 * as its origin: v is the top eigenvector without its component along m_a, turned so that ⟨v, v of
 * the frame before⟩ ≥ 0, and u the displacement m_a − m_b since the anchor b before, without its
 * components along m_a and v, both of length 1. From step a + 1 on, θ has the coordinates X_a + ⟨θ,
 * u⟩ and ⟨θ, v⟩, where X_a = X_b + ⟨m_a, u of the frame before⟩ lays the frames end to end.
 *
 * <p>A step costs two inner products, a frame some ten operations on vectors and no product with
 * the Hessian. Four vectors are kept. Training is not changed.
 */
public final class PlaneOfMotion {
  /** Vectors of the length of the weights that it keeps. */
  public static final int VECTORS = 4;

  /**
   * Shortest displacement that is a direction, in roundings of a midpoint: two of them turn it by
   * 0.2 %.
   */
  private static final double LEAST_ROUNDINGS = 1000;

  private static final String NAME = "plane of motion: ";
  private static final String ANCHOR = NAME + "anchor step";
  private static final String SINCE = NAME + "since step";
  private static final String STATE = NAME + "state";

  private final Kernels kernels;
  private final int every;
  private final Tensor origin;
  private final Tensor slow;
  private final Tensor oscillation;
  private final Tensor midpoint;
  private final Scalar slowProduct;
  private final Scalar oscillationProduct;

  /** Step of the last anchor; −1 before the first. */
  private long anchor = -1;

  /** Slow coordinate of the last anchor's midpoint. */
  private double slowOrigin;

  /** Whether the axes are those of a frame: the first anchor has no displacement yet. */
  private boolean framed;

  /** The frame, until its first step has been handed out. */
  private @Nullable Frame fresh;

  /**
   * Allocates its vectors.
   *
   * @param every least number of steps from one anchor to the next, at least 1
   */
  public PlaneOfMotion(Kernels kernels, int dimension, int every) {
    if (every < 1) {
      throw new IllegalArgumentException("frames need a length of one step or more, not " + every);
    }
    this.kernels = kernels;
    this.every = every;
    origin = kernels.allocate(1, dimension);
    slow = kernels.allocate(1, dimension);
    oscillation = kernels.allocate(1, dimension);
    midpoint = kernels.allocate(1, dimension);
    slowProduct = kernels.allocateScalar();
    oscillationProduct = kernels.allocateScalar();
  }

  /**
   * Queues the inner products of an iterate with the axes; {@link #position} reads them.
   *
   * @param w w_t, not modified
   */
  public void queue(Tensor w) {
    if (framed) {
      kernels.dot(w, slow, slowProduct);
      kernels.dot(w, oscillation, oscillationProduct);
    }
  }

  /**
   * Where the iterate is that was queued last; null before the first frame.
   *
   * @param norm ‖w_t‖
   */
  public @Nullable PlanePosition position(double norm) {
    if (!framed) {
      return null;
    }
    PlanePosition position =
        new PlanePosition(
            anchor, slowOrigin + slowProduct.get() / norm, oscillationProduct.get() / norm, fresh);
    fresh = null;
    return position;
  }

  /**
   * Another point in the present frame; null before the first. Copies the axes out.
   *
   * @param point of length 1
   */
  @Nullable Place place(RealVector point) {
    return framed
        ? new Place(
            slowOrigin + point.dotProduct(new ArrayRealVector(slow.get(), false)),
            point.dotProduct(new ArrayRealVector(oscillation.get(), false)))
        : null;
  }

  /**
   * Sets the next frame, which begins after this step, if it is due.
   *
   * @param w w_t, not modified
   * @param norm ‖w_t‖
   * @param next w_{t+1}, not modified
   * @param nextNorm ‖w_{t+1}‖
   * @param leading v₁ of sharpness as measured at this step, of length 1, not modified
   */
  public void anchor(
      long step, Tensor w, double norm, Tensor next, double nextNorm, Tensor leading) {
    if (anchor >= 0 && step - anchor < every) {
      return;
    }
    SphereGeometry.midpointDirection(kernels, w, norm, next, nextNorm, midpoint);
    if (anchor >= 0) {
      slowOrigin += framed ? kernels.dot(midpoint, slow) : 0;
      Turn turn = setAxes(leading);
      fresh = framed ? new Frame(anchor, slowOrigin, turn) : null;
    }
    kernels.copy(midpoint, origin);
    anchor = step;
  }

  /** Leaves the axes of the frame at the midpoint, if there is one; overwrites the old origin. */
  private @Nullable Turn setAxes(Tensor leading) {
    double oscillationCosine = setOscillation(leading);
    Tensor moved = origin;
    kernels.scale(-1, moved);
    kernels.axpy(1, midpoint, moved);
    kernels.removeComponent(midpoint, moved);
    kernels.removeComponent(oscillation, moved);
    double length = kernels.norm(moved);
    double slowCosine = kernels.dot(moved, slow) / length;
    Turn turn = framed ? new Turn(slowCosine, oscillationCosine) : null;
    framed = length > LEAST_ROUNDINGS * kernels.precision().unitRoundoff();
    if (framed) {
      kernels.copy(moved, slow);
      kernels.scale(1 / length, slow);
    }
    return turn;
  }

  /** Cosine with the eigenvector before; without meaning where there was none. */
  private double setOscillation(Tensor leading) {
    double before = kernels.dot(leading, oscillation);
    double across = kernels.dot(leading, midpoint) * kernels.dot(midpoint, oscillation);
    kernels.copy(leading, oscillation);
    kernels.removeComponent(midpoint, oscillation);
    double length = kernels.norm(oscillation);
    double cosine = (before - across) / length;
    kernels.scale(Math.copySign(1, cosine) / length, oscillation);
    return Math.abs(cosine);
  }

  /** Adds what the next positions depend on. */
  public void save(SavedState state) {
    if (anchor < 0) {
      return;
    }
    state.put(ANCHOR, anchor);
    state.put(SINCE, fresh == null ? -1 : fresh.sinceStep());
    Turn turn = fresh == null ? null : fresh.turn();
    RunningFlow.put(
        state,
        STATE,
        slowOrigin,
        framed ? 1 : 0,
        turn == null ? Double.NaN : turn.slow(),
        turn == null ? Double.NaN : turn.oscillation());
    state.put(NAME + "origin", origin);
    state.put(NAME + "slow", slow);
    state.put(NAME + "oscillation", oscillation);
  }

  /** Takes it back; a state without a plane begins one. */
  public void restore(SavedState state) {
    if (!state.hasVector(STATE)) {
      return;
    }
    double[] saved = RunningFlow.get(state, STATE);
    slowOrigin = saved[0];
    framed = saved[1] != 0;
    anchor = state.number(ANCHOR);
    long since = state.number(SINCE);
    Turn turn = Double.isNaN(saved[2]) ? null : new Turn(saved[2], saved[3]);
    fresh = since < 0 ? null : new Frame(since, slowOrigin, turn);
    state.restore(NAME + "origin", origin);
    state.restore(NAME + "slow", slow);
    state.restore(NAME + "oscillation", oscillation);
  }
}
