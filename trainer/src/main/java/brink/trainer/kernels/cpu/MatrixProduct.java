package brink.trainer.kernels.cpu;

import java.lang.foreign.MemorySegment;

/** General product of contiguous row-major float64 matrices. */
interface MatrixProduct {
  /** What computes it, in words. */
  String name();

  /**
   * c ← alpha·op(a)·op(b) + beta·c with op(a) m×k, op(b) k×n, c m×n; beta = 0 ignores c.
   *
   * @param a m×k, or k×m if transposed
   * @param b k×n, or n×k if transposed
   */
  void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      MemorySegment b,
      double beta,
      MemorySegment c);
}
