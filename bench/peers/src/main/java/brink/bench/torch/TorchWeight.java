package brink.bench.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * A weight of the network, and how the engine's flat vector holds it: an array of the engine's
 * shape in row-major order, whose axes libtorch wants in another order.
 *
 * @param engineShape axes of the engine's array
 * @param toTorch axis i of libtorch's tensor is axis toTorch[i] of the engine's
 * @param toEngine the inverse permutation
 */
@SuppressWarnings("ArrayRecordComponent") // handed to libtorch, never compared
public record TorchWeight(long[] engineShape, long[] toTorch, long[] toEngine) {
  /** An outputs×inputs matrix, the same on both sides. */
  static TorchWeight matrix(long outputs, long inputs) {
    return new TorchWeight(new long[] {outputs, inputs}, new long[] {0, 1}, new long[] {0, 1});
  }

  /** Square filters: filters×y×x×channels in the engine, filters×channels×y×x in libtorch. */
  static TorchWeight filter(long filters, long size, long channels) {
    return new TorchWeight(
        new long[] {filters, size, size, channels},
        new long[] {0, 3, 1, 2},
        new long[] {0, 2, 3, 1});
  }

  /** Number of entries. */
  public int length() {
    long length = 1;
    for (long axis : engineShape) {
      length *= axis;
    }
    return Math.toIntExact(length);
  }

  /** A part of the engine's flat vector as libtorch's tensor. */
  Tensor toTorch(Tensor flat) {
    return flat.reshape(engineShape).permute(toTorch).contiguous();
  }

  /** Libtorch's tensor as a part of the engine's flat vector. */
  Tensor toEngine(Tensor tensor) {
    return tensor.permute(toEngine).reshape(length());
  }
}
