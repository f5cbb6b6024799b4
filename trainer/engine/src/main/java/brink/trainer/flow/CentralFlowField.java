package brink.trainer.flow;

import brink.trainer.flow.CentralFlowSettings.Scales;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The central flow of gradient descent with weight decay on the sphere, of the state (θ, ρ), ρ =
 * ln‖w‖², per unit of flow time:
 *
 * <pre>
 * dθ/dτ = −(η̃/η_in)·P·(∇L(θ) + ½·∇³L(θ):VXVᵀ)
 * dρ/dτ = −2 + (η̃²‖∇L(θ)‖² + 4·tr(XS))/η_in
 * </pre>
 *
 * with the covariance X of {@link EdgeOscillation} (the idea: Cohen et al., arXiv 2410.24206;
 * derived in docs/theory.md). The length of θ does not matter. One evaluation for k eigenvalues
 * near the edge costs 2k + 1 linearizations, D + k(k + 1) Hessian-vector products and O(D³).
 */
record CentralFlowField(SphereLandscape sphere, CentralFlowSettings settings)
    implements StiffField {
  @Override
  public CentralVelocity at(RealVector state) {
    int dimension = sphere.dimension();
    RealVector direction = state.getSubVector(0, dimension).unitVector();
    Scales scales = settings.at(state.getEntry(dimension));
    SphericalSpectrum spectrum = sphere.spectrum(direction);
    EdgeOscillation oscillation =
        new EdgeOscillation(sphere, settings, direction, spectrum, scales);
    return new CentralVelocity(spectrum, scales, oscillation);
  }

  /** The flow at one state. */
  static final class CentralVelocity implements Velocity {
    private final SphericalSpectrum spectrum;
    private final Scales scales;
    private final EdgeOscillation oscillation;
    private final RealVector turn;

    CentralVelocity(SphericalSpectrum spectrum, Scales scales, EdgeOscillation oscillation) {
      this.spectrum = spectrum;
      this.scales = scales;
      this.oscillation = oscillation;
      turn = spectrum.gradient().add(oscillation.meanGradient()).mapMultiply(-scales.speed());
    }

    /** s of the largest eigenvalue. */
    double stabilityRatio() {
      return scales.effectiveLearningRate() * spectrum.sharpness() / 2;
    }

    /** X on the leading eigenvectors that are near the edge, k×k. */
    RealMatrix covariance() {
      return oscillation.covariance();
    }

    @Override
    public RealVector rate() {
      double share = scales.angularStepSquared(spectrum) + oscillation.angularStepSquared();
      return turn.append(-2 + share / scales.intrinsic());
    }

    /**
     * {@inheritDoc}
     *
     * <p>With H for the derivative of the gradient, X as it follows gradient and edge, and η̃ ∝
     * e^(−ρ); without the changes of third derivatives and eigenvectors, which are of order 1.
     */
    @Override
    public RealMatrix jacobian() {
      int dimension = turn.getDimension();
      RealMatrix jacobian = new Array2DRowRealMatrix(dimension + 1, dimension + 1);
      RealMatrix upper = oscillation.meanGradientJacobian();
      RealMatrix hessian = spectrum.hessian();
      for (int i = 0; i < dimension; i++) {
        for (int j = 0; j < dimension; j++) {
          double steep = hessian.getEntry(i, j) + upper.getEntry(i, j);
          jacobian.setEntry(i, j, -scales.speed() * steep);
        }
        double byNorm = -turn.getEntry(i) - scales.speed() * upper.getEntry(i, dimension);
        jacobian.setEntry(i, dimension, byNorm);
      }
      RealVector lower = oscillation.angularStepSquaredJacobian();
      jacobian.setRowVector(dimension, lower.mapDivide(scales.intrinsic()));
      return jacobian;
    }
  }
}
