package brink.bench.rows;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepListener;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;

/** Gradient descent that begins at the same weights as often as wanted. */
final class EdgeRun {
  private final Landscape landscape;
  private final Hyperparameters hyperparameters;
  private double[] weights;

  EdgeRun(Landscape landscape, Hyperparameters hyperparameters, double[] initialWeights) {
    this.landscape = landscape;
    this.hyperparameters = hyperparameters;
    weights = initialWeights.clone();
  }

  /** Trains without looking, and begins there from now on. */
  void moveOn(int steps) {
    WeightTracker tracker = new WeightTracker(weights, hyperparameters);
    continueWith(CurvaturePoints.NONE, steps, tracker);
    weights = tracker.weights();
  }

  /** Where it begins. */
  double[] weights() {
    return weights.clone();
  }

  /** Trains on with sharpness at some points at every step. */
  void continueWith(CurvaturePoints points, int steps, StepListener listener) {
    Kernels kernels = landscape.kernels();
    Tensor start = kernels.allocate(1, landscape.dimension());
    start.set(weights);
    DescentSettings settings = DescentSettings.of(hyperparameters, steps).withCurvature(points, 1);
    new GradientDescent(landscape, start, settings, System::nanoTime).run(listener, () -> false);
  }
}
