package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A row-major matrix in pinned memory of the machine, of which a device works on slices. */
record SpilledTensor(
    SliceStreams streams, Precision precision, MemorySegment memory, int rows, int columns)
    implements Tensor {
  /** Address of an entry. */
  long from(long at) {
    return memory.address() + at * precision.bytes();
  }

  @Override
  public void set(double[] values) {
    if (values.length != length()) {
      throw new IllegalArgumentException(
          values.length + " values for a tensor of " + rows + "×" + columns);
    }
    streams.synchronize();
    HostNumbers.write(values, 0, values.length, precision, memory);
  }

  @Override
  public double[] get() {
    double[] values = new double[Math.toIntExact(length())];
    streams.synchronize();
    HostNumbers.read(memory, precision, values, 0, values.length);
    return values;
  }

  @Override
  public Tensor view(long offset, int viewRows, int viewColumns) {
    long count = (long) viewRows * viewColumns;
    Objects.checkFromIndexSize(offset, count, length());
    int width = precision.bytes();
    return new SpilledTensor(
        streams, precision, memory.asSlice(offset * width, count * width), viewRows, viewColumns);
  }

  @Override
  public String toString() {
    return "spilled " + precision.label() + " tensor of " + rows + "×" + columns;
  }
}
