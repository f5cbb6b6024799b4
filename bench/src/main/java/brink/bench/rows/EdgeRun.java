package brink.bench.rows;

import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepListener;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;

/** Gradient descent that begins where the edge has been reached, as often as wanted. */
final class EdgeRun {
  /** The edge is entered after some 600 steps of these. */
  static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.1, 1e-2);

  private final Landscape landscape;
  private final double[] weights;

  private EdgeRun(Landscape landscape, double[] weights) {
    this.landscape = landscape;
    this.weights = weights;
  }

  /** Data that the network can learn, with a tenth of the labels wrong. */
  static Sample sample() {
    return Sample.of(
        DataSource.parse("synthetic:teacher?n=500&d=64&classes=10&noise=0.1&test=0")
            .load(DataOptions.DEFAULT.withSeed(1))
            .train());
  }

  /** Trains without looking, up to the edge. */
  static EdgeRun reach(Landscape landscape, double[] initialWeights, int steps) {
    WeightTracker tracker = new WeightTracker(initialWeights, HYPERPARAMETERS);
    descent(landscape, initialWeights, CurvaturePoints.NONE, steps).run(tracker, () -> false);
    return new EdgeRun(landscape, tracker.weights());
  }

  /** Where it begins. */
  double[] weights() {
    return weights.clone();
  }

  /** Trains on with sharpness at some points at every step. */
  void continueWith(CurvaturePoints points, int steps, StepListener listener) {
    descent(landscape, weights, points, steps).run(listener, () -> false);
  }

  private static GradientDescent descent(
      Landscape landscape, double[] start, CurvaturePoints points, int steps) {
    Kernels kernels = landscape.kernels();
    Tensor weights = kernels.allocate(1, landscape.dimension());
    weights.set(start);
    DescentSettings settings = DescentSettings.of(HYPERPARAMETERS, steps).withCurvature(points, 1);
    return new GradientDescent(landscape, weights, settings, System::nanoTime);
  }
}
