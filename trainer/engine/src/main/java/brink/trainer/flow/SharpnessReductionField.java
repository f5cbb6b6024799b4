package brink.trainer.flow;

import java.util.List;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.hipparchus.ode.OrdinaryDifferentialEquation;

/**
 * dζ/dτ = −2∇_Γ log λ₁/(4 + G²) on the manifold Γ of minimisers, with G² = ‖∇_Γ log λ₁‖² (Lyu, Li,
 * Arora, arXiv 2206.07085; the rate as derived in docs/theory.md). One evaluation costs three
 * linearizations, D + 2 Hessian-vector products and O(D³).
 */
record SharpnessReductionField(SphereLandscape sphere, MinimiserManifold manifold)
    implements OrdinaryDifferentialEquation {
  @Override
  public int getDimension() {
    return sphere.dimension();
  }

  @Override
  public double[] computeDerivatives(double flowTime, double[] point) {
    return velocity(new ArrayRealVector(point).unitVector()).toArray();
  }

  /**
   * dζ/dτ.
   *
   * @param direction ζ, on Γ up to the error of the integration
   */
  RealVector velocity(RealVector direction) {
    SphericalSpectrum spectrum = sphere.spectrum(direction);
    RealVector gradient = logSharpnessGradient(direction, spectrum);
    double gSquared = gradient.dotProduct(gradient);
    return gradient.mapMultiplyToSelf(-2 / (4 + gSquared));
  }

  /** ∇_Γ log λ₁, by ∇λ₁ = ∇³L(v₁, v₁, ·). */
  RealVector logSharpnessGradient(RealVector direction, SphericalSpectrum spectrum) {
    if (spectrum.sharpness() <= 0) {
      throw new FlowException("no curvature is positive");
    }
    RealVector leading = spectrum.vectors().getFirst();
    RealVector gradient = sphere.thirdDerivatives(direction, leading, List.of(leading)).getFirst();
    return manifold.tangentPart(spectrum, gradient).mapDivideToSelf(spectrum.sharpness());
  }
}
