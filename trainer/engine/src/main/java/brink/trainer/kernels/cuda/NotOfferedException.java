package brink.trainer.kernels.cuda;

/** A GPU that can be used does not offer an {@link Arithmetic}, or its cuBLAS does not. */
public final class NotOfferedException extends CudaException {
  private static final long serialVersionUID = 1;

  NotOfferedException(String message) {
    super(message);
  }
}
