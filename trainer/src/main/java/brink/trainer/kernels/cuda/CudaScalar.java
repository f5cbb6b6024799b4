package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Scalar;

/** A double in the memory of a device. */
record CudaScalar(Sums sums, long address) implements Scalar {
  /**
   * The scalar as one of a GPU.
   *
   * @throws IllegalArgumentException if it lives elsewhere
   */
  static CudaScalar of(Scalar scalar) {
    if (scalar instanceof CudaScalar here) {
      return here;
    }
    throw new IllegalArgumentException(
        "a " + scalar.getClass().getSimpleName() + " does not live on this device");
  }

  @Override
  public double get() {
    return sums.read(address);
  }
}
