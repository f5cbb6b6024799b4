package brink.monitor.geometry;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import brink.v1.Sharpness;
import org.jspecify.annotations.Nullable;

/**
 * The squared gradient of log-sharpness along the manifold of minimisers, measured by the producer.
 *
 * @param squared G² of λ₁, or G*² of all eigenvalues at the threshold (docs/theory.md)
 * @param together whether it is of several eigenvalues, all that are at the threshold
 */
public record DirectGradient(double squared, boolean together) {
  private static final byte ABSENT = 0;
  private static final byte LEADING = 1;
  private static final byte TOGETHER = 2;

  /**
   * What a measurement says; null where it says nothing. That of several counts only if it is of
   * just those eigenvalues that are counted here.
   */
  static @Nullable DirectGradient of(Sharpness measured, int edgeEigenvalues) {
    double several = measured.getEdgeGradientSquared();
    boolean same = edgeEigenvalues > 1 && measured.getEdgeEigenvalues() == edgeEigenvalues;
    if (same && measured.hasEdgeGradientSquared() && Double.isFinite(several)) {
      return new DirectGradient((float) several, true);
    }
    double leading = measured.getLogSharpnessGradientSquared();
    return measured.hasLogSharpnessGradientSquared() && Double.isFinite(leading)
        ? new DirectGradient((float) leading, false)
        : null;
  }

  static void write(StateWriter out, @Nullable DirectGradient direct) {
    if (direct == null) {
      out.put(ABSENT);
    } else {
      out.put(direct.together ? TOGETHER : LEADING).put((float) direct.squared);
    }
  }

  static @Nullable DirectGradient read(StateReader in) {
    byte kind = in.getByte();
    return kind == ABSENT ? null : new DirectGradient(in.getFloat(), kind == TOGETHER);
  }
}
