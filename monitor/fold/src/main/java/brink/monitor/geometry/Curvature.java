package brink.monitor.geometry;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import brink.v1.Sharpness;
import org.jspecify.annotations.Nullable;

/**
 * Spherical sharpness at one point, with what is known of its error. But for λ₁ itself everything
 * is rounded to single precision, which is far below its own error.
 *
 * @param sharpness λ₁
 * @param error bound on the error of λ₁ from the eigenpair's residual; 0 where no residual was
 *     given
 * @param direct G² measured directly; null is not measured
 * @param missed share of λ₁ that the followed eigenvector had missed; null is not checked
 * @param edgeEigenvalues how many of the eigenvalues are, within their errors, not below the
 *     threshold, λ₁ itself counted in any case; 0 where only λ₁ was measured. Where all published
 *     ones are there and the producer counted on, its number
 * @param next largest published eigenvalue that is below the threshold; null where none is
 * @param loss L at the point; null is not measured
 */
public record Curvature(
    double sharpness,
    double error,
    @Nullable DirectGradient direct,
    @Nullable Double missed,
    int edgeEigenvalues,
    @Nullable Double next,
    @Nullable Double loss) {
  /** Of which a byte keeps the number. */
  private static final int MOST = Byte.MAX_VALUE;

  /**
   * Reads a measurement whose eigenvalues are finite and descending, at least one.
   *
   * @param threshold eigenvalue from which on a direction oscillates
   */
  static Curvature of(Sharpness measured, double threshold) {
    boolean checked = measured.hasMissed() && Double.isFinite(measured.getMissed());
    int published = edgeEigenvalues(measured, threshold);
    int count = all(measured, published);
    return new Curvature(
        measured.getEigenvalues(0),
        (float) error(measured),
        DirectGradient.of(measured, count),
        checked ? (double) (float) measured.getMissed() : null,
        count,
        next(measured, published),
        measured.hasLoss() && Double.isFinite(measured.getLoss()) ? measured.getLoss() : null);
  }

  private static @Nullable Double next(Sharpness measured, int published) {
    boolean known = published > 0 && published < measured.getEigenvaluesCount();
    return known ? (double) (float) measured.getEigenvalues(published) : null;
  }

  private static int edgeEigenvalues(Sharpness measured, double threshold) {
    if (measured.getEigenvaluesCount() < 2) {
      return 0;
    }
    int count = 1;
    for (int i = 1; i < measured.getEigenvaluesCount(); i++) {
      double error = i < measured.getResidualsCount() ? measured.getResiduals(i) : 0;
      count += measured.getEigenvalues(i) + error >= threshold ? 1 : 0;
    }
    return count;
  }

  private static int all(Sharpness measured, int published) {
    boolean open = published > 1 && published == measured.getEigenvaluesCount();
    return open ? Math.clamp(measured.getEdgeEigenvalues(), published, MOST) : published;
  }

  /**
   * An eigenvalue lies within r of λ₁; where the next one is farther than 2r away the error is
   * r²/gap (Kato–Temple).
   */
  private static double error(Sharpness measured) {
    if (measured.getResidualsCount() == 0) {
      return 0;
    }
    double residual = measured.getResiduals(0);
    if (measured.getEigenvaluesCount() < 2) {
      return residual;
    }
    double gap = measured.getEigenvalues(0) - measured.getEigenvalues(1);
    return gap > 2 * residual ? residual * residual / gap : residual;
  }

  static void write(StateWriter out, @Nullable Curvature curvature) {
    out.putPresence(curvature != null);
    if (curvature != null) {
      out.put(curvature.sharpness).put((float) curvature.error);
      DirectGradient.write(out, curvature.direct);
      out.putOptionalFloat(curvature.missed);
      out.put((byte) curvature.edgeEigenvalues);
      out.putOptionalFloat(curvature.next);
      out.putOptional(curvature.loss);
    }
  }

  static @Nullable Curvature read(StateReader in) {
    return in.isPresent()
        ? new Curvature(
            in.getDouble(),
            in.getFloat(),
            DirectGradient.read(in),
            in.getOptionalFloat(),
            in.getByte(),
            in.getOptionalFloat(),
            in.getOptionalDouble())
        : null;
  }
}
