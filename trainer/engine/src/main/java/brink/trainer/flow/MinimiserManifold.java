package brink.trainer.flow;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;

/**
 * The manifold Γ of minimisers on the unit sphere, as far as it is seen from the spectrum of the
 * Hessian: its tangent space is the near-null space, whose dimension is that at the first point and
 * stays.
 */
final class MinimiserManifold {
  /**
   * Largest |λ|/λ₁ of a direction along Γ, as in the direct measurement of G²: between the
   * curvature that the oscillation leaves along Γ (4e-6 in bn-linear) and the smallest across it
   * (1e-2).
   */
  static final double NEAR_NULL = 1e-3;

  // Newton's method is quadratic: after a move of √u what is left is rounding.
  private static final double LAST_MOVE = 0x1p-26;
  private static final int MOST_MOVES = 20;

  private final SphereLandscape sphere;
  private final int dimension;

  MinimiserManifold(SphereLandscape sphere, int dimension) {
    this.sphere = sphere;
    this.dimension = dimension;
  }

  /**
   * The manifold near a point.
   *
   * @param spectrum at the point
   */
  static MinimiserManifold near(SphereLandscape sphere, SphericalSpectrum spectrum) {
    double threshold = NEAR_NULL * spectrum.sharpness();
    double[] values = spectrum.values().toArray();
    return new MinimiserManifold(
        sphere, (int) Arrays.stream(values).filter(value -> Math.abs(value) <= threshold).count());
  }

  /** Dimension of Γ, the sphere's ray taken out. */
  int dimension() {
    return dimension;
  }

  /** The part of v that is tangent to Γ at a point with this spectrum. */
  RealVector tangentPart(SphericalSpectrum spectrum, RealVector v) {
    RealVector part = new ArrayRealVector(v.getDimension());
    byCurvature(spectrum)
        .limit(dimension)
        .forEach(
            i -> {
              RealVector basis = spectrum.vectors().get(i);
              part.combineToSelf(1, basis.dotProduct(v), basis);
            });
    return part;
  }

  /**
   * The point of Γ that Newton's method finds across Γ from θ: θ ← θ − H⁺∇L(θ), re-normalised, with
   * the Hessian's inverse off its near-null space. Costs a spectrum for each move.
   *
   * @throws FlowException if there is none nearby, or it is no minimiser
   */
  RealVector retract(RealVector direction) {
    RealVector at = direction;
    for (int move = 0; move < MOST_MOVES; move++) {
      RealVector step = newtonStep(sphere.spectrum(at));
      at = at.add(step).unitVector();
      if (step.getNorm() <= LAST_MOVE) {
        return at;
      }
    }
    throw new FlowException("no manifold of minimisers was found near the point");
  }

  private RealVector newtonStep(SphericalSpectrum spectrum) {
    RealVector step = new ArrayRealVector(spectrum.gradient().getDimension());
    byCurvature(spectrum)
        .skip(dimension)
        .forEach(
            i -> {
              double curvature = spectrum.values().getEntry(i);
              if (curvature <= 0) {
                throw new FlowException("the point lies near a saddle, not near minimisers");
              }
              RealVector basis = spectrum.vectors().get(i);
              double slope = basis.dotProduct(spectrum.gradient());
              step.combineToSelf(1, -slope / curvature, basis);
            });
    return step;
  }

  /** Indices of the eigenvalues, the smallest in absolute value first. */
  private static IntStream byCurvature(SphericalSpectrum spectrum) {
    RealVector values = spectrum.values();
    return IntStream.range(0, values.getDimension())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> Math.abs(values.getEntry(i))))
        .mapToInt(Integer::intValue);
  }
}
