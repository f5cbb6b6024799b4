package brink.trainer.flow;

import org.hipparchus.linear.RealVector;

/**
 * Gradient descent with weight decay at the edge, prepared with the oscillation that the flow
 * predicts, so that it neither swells nor dies at first.
 */
final class Descent {
  private final SphereLandscape sphere;
  private final CentralFlowSettings settings;
  private RealVector weights;
  private RealVector next;

  Descent(SphereLandscape sphere, CentralFlowSettings settings, RealVector weights) {
    this.sphere = sphere;
    this.settings = settings;
    this.weights = weights;
    next = after(weights);
  }

  /**
   * At a minimiser with s = 1 and x² = 2η_in/(4 + G²).
   *
   * @param gSquared G²
   */
  static Descent atTheEdge(
      SphereLandscape sphere, CentralFlowSettings settings, RealVector minimiser, double gSquared) {
    SphericalSpectrum spectrum = sphere.spectrum(minimiser);
    double amplitude = Math.sqrt(2 * settings.intrinsicLearningRate() / (4 + gSquared));
    RealVector displaced = minimiser.combine(1, amplitude, spectrum.vectors().getFirst());
    double logNorm = logNormSquaredAtTheEdge(settings, spectrum.sharpness()) / 2;
    return new Descent(sphere, settings, displaced.unitVector().mapMultiply(Math.exp(logNorm)));
  }

  /** ln‖w‖² where η̃·λ₁ = 2. */
  static double logNormSquaredAtTheEdge(CentralFlowSettings settings, double sharpness) {
    return Math.log(settings.at(0).effectiveLearningRate() * sharpness / 2);
  }

  void run(long steps) {
    for (long i = 0; i < steps; i++) {
      weights = next;
      next = after(weights);
    }
  }

  /** (θ_t + θ_{t+1})/2, re-normalised. */
  RealVector midpoint() {
    return weights.unitVector().add(next.unitVector()).unitVector();
  }

  private RealVector after(RealVector w) {
    double norm = w.getNorm();
    RealVector gradient = sphere.gradient(w.mapDivide(norm)).mapDivide(norm);
    double decay = 1 - settings.intrinsicLearningRate();
    return w.combine(decay, -settings.learningRate(), gradient);
  }
}
