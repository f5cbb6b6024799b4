package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Precision;
import java.lang.foreign.MemorySegment;

/** General product of row-major matrices, on the calling thread. */
interface MatrixProduct {
  /** What computes it, in words. */
  String name();

  /**
   * c ← alpha·op(a)·op(b) + beta·c with op(a) m×k, op(b) k×n, c m×n; beta = 0 ignores c.
   *
   * @param a m×k, or k×m if transposed
   * @param strideA numbers from one row of a to the next
   * @param b k×n, or n×k if transposed
   */
  void multiply(
      Precision precision,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      int strideA,
      MemorySegment b,
      int strideB,
      double beta,
      MemorySegment c,
      int strideC);
}
