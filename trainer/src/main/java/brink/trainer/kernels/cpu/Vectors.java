package brink.trainer.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/** Loops over vectors. The order of every sum is fixed, so that results repeat bit for bit. */
final class Vectors {
  private Vectors() {}

  /** ⟨x, y⟩ in four interleaved sums: one sum would wait for each addition's latency. */
  static double dot(MemorySegment x, MemorySegment y, long n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    long whole = n & ~3L;
    for (long i = 0; i < whole; i += 4) {
      s0 += x.getAtIndex(JAVA_DOUBLE, i) * y.getAtIndex(JAVA_DOUBLE, i);
      s1 += x.getAtIndex(JAVA_DOUBLE, i + 1) * y.getAtIndex(JAVA_DOUBLE, i + 1);
      s2 += x.getAtIndex(JAVA_DOUBLE, i + 2) * y.getAtIndex(JAVA_DOUBLE, i + 2);
      s3 += x.getAtIndex(JAVA_DOUBLE, i + 3) * y.getAtIndex(JAVA_DOUBLE, i + 3);
    }
    for (long i = whole; i < n; i++) {
      s0 += x.getAtIndex(JAVA_DOUBLE, i) * y.getAtIndex(JAVA_DOUBLE, i);
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** y ← y + a·x. */
  static void axpy(double a, MemorySegment x, MemorySegment y, long n) {
    for (long i = 0; i < n; i++) {
      y.setAtIndex(JAVA_DOUBLE, i, y.getAtIndex(JAVA_DOUBLE, i) + a * x.getAtIndex(JAVA_DOUBLE, i));
    }
  }

  /** x ← a·x. */
  static void scale(double a, MemorySegment x, long n) {
    for (long i = 0; i < n; i++) {
      x.setAtIndex(JAVA_DOUBLE, i, a * x.getAtIndex(JAVA_DOUBLE, i));
    }
  }
}
