package brink.trainer.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import brink.trainer.kernels.Precision;
import java.lang.foreign.MemorySegment;

/** The definition as three loops, for platforms that OpenBLAS has no library for. */
final class JavaMatrixProduct implements MatrixProduct {
  @Override
  public String name() {
    return "Java";
  }

  @Override
  public void multiply(
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
      int strideC) {
    double[] right = contiguous(precision, transposeB, n, k, b, strideB);
    double[] row = new double[n];
    for (int i = 0; i < m; i++) {
      long start = (long) i * strideC;
      for (int j = 0; j < n; j++) {
        row[j] = beta == 0 ? 0 : beta * get(precision, c, start + j);
      }
      for (int p = 0; p < k; p++) {
        long at = transposeA ? (long) p * strideA + i : (long) i * strideA + p;
        addMultiple(row, alpha * get(precision, a, at), right, p * n);
      }
      for (int j = 0; j < n; j++) {
        set(precision, c, start + j, row[j]);
      }
    }
  }

  /** op(b), k×n. */
  private static double[] contiguous(
      Precision precision, boolean transposed, int n, int k, MemorySegment b, int stride) {
    double[] right = new double[Math.multiplyExact(k, n)];
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        long at = transposed ? (long) j * stride + p : (long) p * stride + j;
        right[p * n + j] = get(precision, b, at);
      }
    }
    return right;
  }

  private static void addMultiple(double[] row, double a, double[] x, int start) {
    for (int j = 0; j < row.length; j++) {
      row[j] += a * x[start + j];
    }
  }

  private static double get(Precision precision, MemorySegment x, long at) {
    return switch (precision) {
      case FLOAT64 -> x.getAtIndex(JAVA_DOUBLE, at);
      case FLOAT32 -> x.getAtIndex(JAVA_FLOAT, at);
    };
  }

  private static void set(Precision precision, MemorySegment x, long at, double value) {
    switch (precision) {
      case FLOAT64 -> x.setAtIndex(JAVA_DOUBLE, at, value);
      case FLOAT32 -> x.setAtIndex(JAVA_FLOAT, at, (float) value);
    }
  }
}
