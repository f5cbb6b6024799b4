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
 * @param slopeRate d log λ/dτ by the slope of the loss along that gradient; null is not measured
 * @param lagging share in it of the motion across the manifold that follows late; null likewise
 */
public record DirectGradient(
    double squared, boolean together, @Nullable Double slopeRate, @Nullable Double lagging) {
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
      return new DirectGradient(
          (float) several, true, slopeRate(measured), lagging(measured, several));
    }
    double leading = measured.getLogSharpnessGradientSquared();
    if (!measured.hasLogSharpnessGradientSquared() || !Double.isFinite(leading)) {
      return null;
    }
    // what is beside it belongs to that of several where that was measured
    return measured.hasEdgeGradientSquared()
        ? new DirectGradient((float) leading, false, null, null)
        : new DirectGradient(
            (float) leading, false, slopeRate(measured), lagging(measured, leading));
  }

  private static @Nullable Double lagging(Sharpness measured, double squared) {
    double share = measured.getLaggingGradientSquared() / squared;
    boolean known = measured.hasLaggingGradientSquared() && Double.isFinite(share);
    return known ? (double) (float) share : null;
  }

  private static @Nullable Double slopeRate(Sharpness measured) {
    boolean known = measured.hasSlopeRate() && Double.isFinite(measured.getSlopeRate());
    return known ? (double) (float) measured.getSlopeRate() : null;
  }

  static void write(StateWriter out, @Nullable DirectGradient direct) {
    if (direct == null) {
      out.put(ABSENT);
    } else {
      out.put(direct.together ? TOGETHER : LEADING).put((float) direct.squared);
      out.putOptionalFloat(direct.slopeRate);
      out.putOptionalFloat(direct.lagging);
    }
  }

  static @Nullable DirectGradient read(StateReader in) {
    byte kind = in.getByte();
    return kind == ABSENT
        ? null
        : new DirectGradient(
            in.getFloat(), kind == TOGETHER, in.getOptionalFloat(), in.getOptionalFloat());
  }
}
