package brink.bench.rows;

import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepListener;
import brink.trainer.descent.StepRecord;

/** The weights of a run, from its gradients alone: w ← (1 − η·λ_wd)·w − η·∇L(w). */
final class WeightTracker implements StepListener {
  private final Hyperparameters hyperparameters;
  private double[] weights;
  private double[] next;

  WeightTracker(double[] initialWeights, Hyperparameters hyperparameters) {
    this.hyperparameters = hyperparameters;
    weights = initialWeights.clone();
    next = initialWeights.clone();
  }

  @Override
  public void onStep(StepRecord step) {
    weights = next;
    double[] gradient = step.gradient().get();
    double[] updated = new double[gradient.length];
    for (int i = 0; i < updated.length; i++) {
      updated[i] =
          (1 - hyperparameters.intrinsicLearningRate()) * weights[i]
              - hyperparameters.learningRate() * gradient[i];
    }
    next = updated;
  }

  /** w_t of the last step. */
  double[] weights() {
    return weights;
  }

  /** θ_t = w_t/‖w_t‖. */
  double[] direction() {
    return scaled(weights, 1 / norm(weights));
  }

  /** (θ_t + θ_{t+1})/2, re-normalised. */
  double[] midpoint() {
    double[] middle = direction();
    double nextNorm = norm(next);
    for (int i = 0; i < middle.length; i++) {
      middle[i] += next[i] / nextNorm;
    }
    return scaled(middle, 1 / norm(middle));
  }

  private static double norm(double[] x) {
    return Math.sqrt(ResultAgreement.dot(x, x));
  }

  private static double[] scaled(double[] x, double by) {
    double[] result = x.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] *= by;
    }
    return result;
  }
}
