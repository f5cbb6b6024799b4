package brink.trainer.kernels.cuda;

/** A GPU or one of its libraries cannot be used; the message says what to do, in one line. */
public sealed class CudaException extends RuntimeException permits NotOfferedException {
  private static final long serialVersionUID = 1;

  CudaException(String message) {
    super(message);
  }
}
