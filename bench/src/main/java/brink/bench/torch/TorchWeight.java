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
    return same(outputs, inputs);
  }

  /** A filter of outputs×inputs×height×width, the same on both sides. */
  static TorchWeight filter(long outputs, long inputs, long size) {
    return same(outputs, inputs, size, size);
  }

  private static TorchWeight same(long... shape) {
    long[] axes = new long[shape.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return new TorchWeight(shape, axes, axes);
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
