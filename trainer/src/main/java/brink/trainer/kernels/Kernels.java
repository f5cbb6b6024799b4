package brink.trainer.kernels;

/**
 * Linear algebra on the {@link Tensor tensors} of one device. Operations write into tensors that
 * the caller allocated, so that a training step allocates nothing. Not safe for use by several
 * threads at once. Every implementation passes the same contract tests.
 */
public interface Kernels extends AutoCloseable {
  /** Floating-point format of the tensors, for example "float64". */
  String precision();

  /** The device in words, for example "cpu (2 threads)". */
  String device();

  /** A new tensor of zeros, freed by {@link #close}. */
  Tensor allocate(int rows, int columns);

  /** ⟨x, y⟩, accumulated in double precision. */
  double dot(Tensor x, Tensor y);

  /** y ← y + a·x. */
  void axpy(double a, Tensor x, Tensor y);

  /** x ← a·x. */
  void scale(double a, Tensor x);

  /** to ← from. */
  void copy(Tensor from, Tensor to);

  /** ‖x‖. */
  default double norm(Tensor x) {
    return Math.sqrt(dot(x, x));
  }

  /** c ← alpha·op(a)·op(b) + beta·c, where op transposes if its flag is set; beta = 0 ignores c. */
  void gemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c);

  /** Frees all tensors. */
  @Override
  void close();
}
