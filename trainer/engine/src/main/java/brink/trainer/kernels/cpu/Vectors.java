package brink.trainer.kernels.cpu;

import java.util.Arrays;

/**
 * Loops over all entries of tensors. The order of every sum is fixed, so that results repeat. Short
 * vectors, of which small problems have many, go without the machinery of a {@link RowBlock}.
 */
final class Vectors {
  private static final int TILE = 1024;

  private Vectors() {}

  private static RowBlock entries(Team team, CpuTensor x) {
    return RowBlock.of(team, Math.toIntExact(x.length()), 1);
  }

  /** ⟨x, y⟩: the sum of the parts' sums, each of which adds up its tiles. */
  static double dot(Team team, CpuTensor x, CpuTensor y) {
    int tiles = Math.toIntExact(Math.ceilDiv(x.length(), TILE));
    int parts = team.parts(tiles, TILE);
    if (parts == 1) {
      return dot(x, y, 0, tiles, team.scratch());
    }
    double[] sums = new double[parts];
    team.run(parts, tiles, (part, from, to, scratch) -> sums[part] = dot(x, y, from, to, scratch));
    return Arrays.stream(sums).sum();
  }

  private static double dot(CpuTensor x, CpuTensor y, long from, long to, ThreadScratch scratch) {
    double sum = 0;
    for (long tile = from; tile < to; tile++) {
      long at = tile * TILE;
      int n = (int) Math.min(TILE, x.length() - at);
      sum += dot(x.read(at, n, scratch, 0), y.read(at, n, scratch, 1), n);
    }
    return sum;
  }

  /** In four interleaved sums: one sum would wait for each addition's latency. */
  private static double dot(double[] x, double[] y, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int whole = n & ~3;
    for (int i = 0; i < whole; i += 4) {
      s0 += x[i] * y[i];
      s1 += x[i + 1] * y[i + 1];
      s2 += x[i + 2] * y[i + 2];
      s3 += x[i + 3] * y[i + 3];
    }
    for (int i = whole; i < n; i++) {
      s0 += x[i] * y[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** y ← y + a·x */
  static void axpy(Team team, double a, CpuTensor x, CpuTensor y) {
    if (x.length() <= TILE) {
      axpy(a, x, y, 0, (int) x.length(), team.scratch());
    } else {
      entries(team, x).each((at, n, scratch) -> axpy(a, x, y, at, n, scratch));
    }
  }

  private static void axpy(
      double a, CpuTensor x, CpuTensor y, long at, int n, ThreadScratch scratch) {
    double[] from = x.read(at, n, scratch, 0);
    double[] to = y.read(at, n, scratch, 1);
    for (int i = 0; i < n; i++) {
      to[i] += a * from[i];
    }
    y.write(at, to, n, scratch);
  }

  /** x ← a·x */
  static void scale(Team team, double a, CpuTensor x) {
    if (x.length() <= TILE) {
      scale(a, x, 0, (int) x.length(), team.scratch());
    } else {
      entries(team, x).each((at, n, scratch) -> scale(a, x, at, n, scratch));
    }
  }

  private static void scale(double a, CpuTensor x, long at, int n, ThreadScratch scratch) {
    double[] numbers = x.read(at, n, scratch, 0);
    for (int i = 0; i < n; i++) {
      numbers[i] *= a;
    }
    x.write(at, numbers, n, scratch);
  }
}
