package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Scalar;

/** A double in the memory of a device, in a page of them. */
final class CudaScalar implements Scalar {
  private final ScalarPage page;
  private final int slot;

  CudaScalar(ScalarPage page, int slot) {
    this.page = page;
    this.slot = slot;
  }

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

  /** Its address, for work that is about to be queued and overwrites it. */
  long overwritten() {
    return page.overwritten(slot);
  }

  @Override
  public double get() {
    return page.get(slot);
  }
}
