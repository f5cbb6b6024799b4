package brink.trainer.flow;

/**
 * What a central flow is that of.
 *
 * @param learningRate η
 * @param weightDecay λ_wd
 * @param pairs largest number of eigenvectors that may oscillate
 */
record CentralFlowSettings(double learningRate, double weightDecay, int pairs) {
  /** More at the edge were not seen on problems that are small enough. */
  static final int PAIRS = 3;

  /**
   * Steps in which an eigenvalue goes to the edge: few, since the oscillation acts within steps,
   * and short against the flow, which takes 1/η_in.
   */
  private static final double RELAXATION_STEPS = 5;

  /**
   * The flow of training with these hyper-parameters.
   *
   * @throws IllegalArgumentException if they have no intrinsic learning rate
   */
  static CentralFlowSettings of(double learningRate, double weightDecay) {
    return new CentralFlowSettings(learningRate, weightDecay, PAIRS);
  }

  CentralFlowSettings {
    if (!(learningRate * weightDecay > 0 && learningRate * weightDecay < 1)) {
      throw new IllegalArgumentException(
          "predicted flows need weight decay: flow time is the sum of η·λ_wd");
    }
  }

  /** T: the constraint s ≤ 1 is kept as d ln s/dτ ≤ −ln(s)/T, in flow time. */
  double relaxation() {
    return RELAXATION_STEPS * intrinsicLearningRate();
  }

  /** η_in. */
  double intrinsicLearningRate() {
    return learningRate * weightDecay;
  }

  /**
   * The scales at weights of so much ln‖w‖².
   *
   * @param logNormSquared ln‖w‖²
   */
  Scales at(double logNormSquared) {
    double intrinsic = intrinsicLearningRate();
    return new Scales(intrinsic, learningRate * Math.exp(-logNormSquared) / (1 - intrinsic));
  }

  /**
   * How fast a flow goes.
   *
   * @param intrinsic η_in
   * @param effectiveLearningRate η̃
   */
  record Scales(double intrinsic, double effectiveLearningRate) {
    /** η̃/η_in, the speed of gradient descent in flow time. */
    double speed() {
      return effectiveLearningRate / intrinsic;
    }

    /** (η̃‖∇L(θ)‖)² of the gradient between the oscillations. */
    double angularStepSquared(SphericalSpectrum spectrum) {
      double step = effectiveLearningRate * spectrum.gradient().getNorm();
      return step * step;
    }
  }
}
