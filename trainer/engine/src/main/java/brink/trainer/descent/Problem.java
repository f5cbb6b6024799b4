package brink.trainer.descent;

import brink.trainer.curvature.SphereGeometry;
import brink.trainer.data.DataDescription;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import org.jspecify.annotations.Nullable;

/**
 * Something to train: a landscape, where to start on it, and what to call it.
 *
 * @param name of the problem, for example "bn-linear"
 * @param network in words
 * @param dataset in words
 * @param trainSize number of training examples
 * @param landscape the loss
 * @param initialWeights w_0, 1×dimension, not modified by training
 * @param scaleInvariantDimension number of weights that the loss is scale-invariant in
 * @param data what it is trained on; null if that is not known
 */
public record Problem(
    String name,
    String network,
    String dataset,
    long trainSize,
    Landscape landscape,
    Tensor initialWeights,
    long scaleInvariantDimension,
    @Nullable DataDescription data) {
  /** Of data that are not described. */
  public Problem(
      String name,
      String network,
      String dataset,
      long trainSize,
      Landscape landscape,
      Tensor initialWeights,
      long scaleInvariantDimension) {
    this(
        name,
        network,
        dataset,
        trainSize,
        landscape,
        initialWeights,
        scaleInvariantDimension,
        null);
  }

  /** The same on data that are described. */
  public Problem on(DataDescription described) {
    return new Problem(
        name,
        network,
        dataset,
        trainSize,
        landscape,
        initialWeights,
        scaleInvariantDimension,
        described);
  }

  /** |⟨w, ∇L⟩|/(‖w‖·‖∇L‖) at the start; linearizes the landscape there. */
  public double scaleInvarianceError() {
    Tensor gradient = landscape.linearize(initialWeights).defined().gradient();
    return SphereGeometry.scaleInvarianceError(landscape.kernels(), initialWeights, gradient);
  }
}
