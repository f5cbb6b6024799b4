package brink.trainer.model;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.network.NetworkMemory;
import org.jspecify.annotations.Nullable;

/**
 * A network that another library has saved, joined with data that it is to be trained on. What is
 * not trained keeps its saved value.
 */
public interface SavedModel {
  /** Number of trained weights. */
  int dimension();

  /** Memory that the engine needs; null if the other library computes. */
  @Nullable NetworkMemory memory(Precision precision);

  /**
   * The full-batch training loss.
   *
   * @throws IllegalArgumentException if it cannot be had with these kernels; the message is one
   *     line
   */
  Landscape landscape(Kernels kernels);

  /** The trained weights as they were saved, in the order of the landscape. */
  Tensor initialWeights(Kernels kernels);

  /** The network in words: what is trained, and how its curvature is measured. */
  String describe();
}
