package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import java.util.Objects;

/** A row-major matrix in the memory of a device. */
record CudaTensor(Transfers transfers, Precision precision, long address, int rows, int columns)
    implements Tensor {
  /**
   * The tensor as one of a GPU.
   *
   * @throws IllegalArgumentException if it lives elsewhere
   */
  static CudaTensor of(Tensor tensor) {
    if (tensor instanceof CudaTensor here) {
      return here;
    }
    throw new IllegalArgumentException(
        "a " + tensor.getClass().getSimpleName() + " does not live on this device");
  }

  long bytes() {
    return length() * precision.bytes();
  }

  /** Address of an entry. */
  long from(long at) {
    return address + at * precision.bytes();
  }

  @Override
  public void set(double[] values) {
    if (values.length != length()) {
      throw new IllegalArgumentException(
          values.length + " values for a tensor of " + rows + "×" + columns);
    }
    transfers.upload(values, precision, address);
  }

  @Override
  public double[] get() {
    double[] values = new double[Math.toIntExact(length())];
    transfers.download(address, precision, values);
    return values;
  }

  @Override
  public Tensor view(long offset, int viewRows, int viewColumns) {
    Objects.checkFromIndexSize(offset, (long) viewRows * viewColumns, length());
    return new CudaTensor(transfers, precision, from(offset), viewRows, viewColumns);
  }

  @Override
  public String toString() {
    return precision.label() + " tensor of " + rows + "×" + columns;
  }
}
