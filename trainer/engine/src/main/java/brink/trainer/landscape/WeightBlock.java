package brink.trainer.landscape;

import brink.trainer.kernels.Tensor;

/**
 * The weights of one layer within the flat weights of a network.
 *
 * @param name of the layer, unique in its network
 * @param offset index of the layer's first weight
 * @param rows of the weight matrix
 * @param columns of the weight matrix
 */
public record WeightBlock(String name, long offset, int rows, int columns) {
  /** Number of weights. */
  public long size() {
    return (long) rows * columns;
  }

  /** Index after the layer's last weight. */
  public long end() {
    return offset + size();
  }

  /** This layer's rows×columns part of flat weights, gradients or tangents; shares memory. */
  public Tensor in(Tensor flat) {
    return flat.view(offset, rows, columns);
  }
}
