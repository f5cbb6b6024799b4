package brink.trainer.landscape;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import java.util.List;

/** A training loss L as a function of the weights w, usually scale-invariant in them. */
public interface Landscape {
  /** Where the weights live. */
  Kernels kernels();

  /** Number of weights. */
  int dimension();

  /** Which weights belong to which layer, from the input on; empty if there are no layers. */
  default List<WeightBlock> layers() {
    return List.of();
  }

  /**
   * The layers whose weights the loss is, by construction, not scale-invariant in; such a landscape
   * is an ablation.
   */
  default List<WeightBlock> scaleDependentLayers() {
    return List.of();
  }

  /** Number of weights that the loss is scale-invariant in. */
  default long scaleInvariantDimension() {
    return dimension() - scaleDependentLayers().stream().mapToLong(WeightBlock::size).sum();
  }

  /**
   * Runs the primal passes at w and keeps what derivatives need of them. The result is valid until
   * the next call. Where the loss is undefined, this or {@link Linearization#loss} says so.
   *
   * @param w 1×dimension, not modified
   */
  Linearization linearize(Tensor w);

  /**
   * Loss and accuracy on whole data sets; what the problem has no such notion of is null.
   *
   * @param w 1×dimension, not modified
   */
  default Scores evaluate(Tensor w) {
    return Scores.NONE;
  }
}
