package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** A row-major float64 matrix outside the Java heap. */
record CpuTensor(MemorySegment segment, int rows, int columns) implements Tensor {
  /**
   * The tensor as one of this device.
   *
   * @throws IllegalArgumentException if it lives elsewhere
   */
  static CpuTensor of(Tensor tensor) {
    if (tensor instanceof CpuTensor here) {
      return here;
    }
    throw new IllegalArgumentException(
        "a " + tensor.getClass().getSimpleName() + " does not live on this device");
  }

  @Override
  public void set(double[] values) {
    if (values.length != length()) {
      throw new IllegalArgumentException(
          values.length + " values for a tensor of " + rows + "×" + columns);
    }
    MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_DOUBLE, 0, values.length);
  }

  @Override
  public double[] get() {
    return segment.toArray(ValueLayout.JAVA_DOUBLE);
  }

  @Override
  public Tensor view(long offset, int viewRows, int viewColumns) {
    long size = (long) viewRows * viewColumns;
    Objects.checkFromIndexSize(offset, size, length());
    return new CpuTensor(
        segment.asSlice(offset * Double.BYTES, size * Double.BYTES), viewRows, viewColumns);
  }

  @Override
  public String toString() {
    return "float64 tensor of " + rows + "×" + columns;
  }
}
