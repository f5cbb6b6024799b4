package brink.trainer.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/** The definition as three loops, for platforms that OpenBLAS has no library for. */
final class JavaMatrixProduct implements MatrixProduct {
  @Override
  public String name() {
    return "Java";
  }

  @Override
  public void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      MemorySegment b,
      double beta,
      MemorySegment c) {
    double[] right = b.toArray(JAVA_DOUBLE);
    double[] row = new double[n];
    int stepP = transposeB ? 1 : n;
    int stepJ = transposeB ? k : 1;
    for (int i = 0; i < m; i++) {
      startRow(row, beta, c, (long) i * n);
      for (int p = 0; p < k; p++) {
        long at = transposeA ? (long) p * m + i : (long) i * k + p;
        addMultiple(row, alpha * a.getAtIndex(JAVA_DOUBLE, at), right, p * stepP, stepJ);
      }
      MemorySegment.copy(row, 0, c, JAVA_DOUBLE, (long) i * n * Double.BYTES, n);
    }
  }

  private static void startRow(double[] row, double beta, MemorySegment c, long start) {
    for (int j = 0; j < row.length; j++) {
      row[j] = beta == 0 ? 0 : beta * c.getAtIndex(JAVA_DOUBLE, start + j);
    }
  }

  private static void addMultiple(double[] row, double a, double[] x, int start, int step) {
    for (int j = 0; j < row.length; j++) {
      row[j] += a * x[start + j * step];
    }
  }
}
