package brink.trainer.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A row-major matrix outside the Java heap. */
record CpuTensor(Precision precision, MemorySegment segment, int rows, int columns)
    implements Tensor {
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

  /** Entries from an index on, widened: to[0 … count). */
  void read(long at, double[] to, int count, ThreadScratch scratch) {
    switch (precision) {
      case FLOAT64 -> MemorySegment.copy(segment, JAVA_DOUBLE, at * Double.BYTES, to, 0, count);
      case FLOAT32 -> {
        float[] narrow = scratch.narrow(count);
        MemorySegment.copy(segment, JAVA_FLOAT, at * Float.BYTES, narrow, 0, count);
        for (int i = 0; i < count; i++) {
          to[i] = narrow[i];
        }
      }
    }
  }

  /** Entries from an index on, in a tile of the scratch memory. */
  double[] read(long at, int count, ThreadScratch scratch, int tile) {
    double[] numbers = scratch.tile(tile, count);
    read(at, numbers, count, scratch);
    return numbers;
  }

  /** Rounds from[0 … count) into the entries from an index on. */
  void write(long at, double[] from, int count, ThreadScratch scratch) {
    switch (precision) {
      case FLOAT64 -> MemorySegment.copy(from, 0, segment, JAVA_DOUBLE, at * Double.BYTES, count);
      case FLOAT32 -> {
        float[] narrow = scratch.narrow(count);
        for (int i = 0; i < count; i++) {
          narrow[i] = (float) from[i];
        }
        MemorySegment.copy(narrow, 0, segment, JAVA_FLOAT, at * Float.BYTES, count);
      }
    }
  }

  /** The memory from an entry on. */
  MemorySegment from(long at) {
    return segment.asSlice(at * precision.bytes());
  }

  @Override
  public void set(double[] values) {
    if (values.length != length()) {
      throw new IllegalArgumentException(
          values.length + " values for a tensor of " + rows + "×" + columns);
    }
    write(0, values, values.length, new ThreadScratch());
  }

  @Override
  public double[] get() {
    double[] values = new double[Math.toIntExact(length())];
    read(0, values, values.length, new ThreadScratch());
    return values;
  }

  @Override
  public void get(float[] to) {
    if (precision == Precision.FLOAT32 && to.length == length()) {
      MemorySegment.copy(segment, JAVA_FLOAT, 0, to, 0, to.length);
    } else {
      Tensor.super.get(to);
    }
  }

  @Override
  public Tensor view(long offset, int viewRows, int viewColumns) {
    long size = (long) viewRows * viewColumns;
    Objects.checkFromIndexSize(offset, size, length());
    int bytes = precision.bytes();
    return new CpuTensor(
        precision, segment.asSlice(offset * bytes, size * bytes), viewRows, viewColumns);
  }

  @Override
  public String toString() {
    return precision.label() + " tensor of " + rows + "×" + columns;
  }
}
