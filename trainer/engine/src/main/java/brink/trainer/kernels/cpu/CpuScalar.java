package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Scalar;

/** A number on the Java heap. */
final class CpuScalar implements Scalar {
  private double value;

  /**
   * The scalar as one of this device.
   *
   * @throws IllegalArgumentException if it lives elsewhere
   */
  static CpuScalar of(Scalar scalar) {
    if (scalar instanceof CpuScalar here) {
      return here;
    }
    throw new IllegalArgumentException(
        "a " + scalar.getClass().getSimpleName() + " does not live on this device");
  }

  void set(double newValue) {
    value = newValue;
  }

  @Override
  public double get() {
    return value;
  }
}
