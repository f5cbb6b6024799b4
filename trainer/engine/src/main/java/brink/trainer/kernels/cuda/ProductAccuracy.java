package brink.trainer.kernels.cuda;

import java.util.function.Supplier;

/** Whether a device's products round their factors as its arithmetic says, or not at all. */
final class ProductAccuracy {
  private final Device device;
  private final Arithmetic arithmetic;
  private final CuBlas blas;
  private final Convolutions convolutions;

  ProductAccuracy(Device device, Arithmetic arithmetic, CuBlas blas, Convolutions convolutions) {
    this.device = device;
    this.arithmetic = arithmetic;
    this.blas = blas;
    this.convolutions = convolutions;
  }

  /** Does work without such roundings; what is recorded has them, so it is not replayed. */
  <T> T precisely(Supplier<T> work) {
    boolean rounds = arithmetic.productRoundoff() > arithmetic.precision().unitRoundoff();
    if (!rounds || !device.isReplaying()) {
      return work.get();
    }
    set(Arithmetic.FLOAT32, false);
    try {
      return work.get();
    } finally {
      set(arithmetic, true);
    }
  }

  private void set(Arithmetic products, boolean replaying) {
    blas.set(products);
    convolutions.set(products);
    device.setReplaying(replaying);
  }
}
