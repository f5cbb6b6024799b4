package brink.trainer.kernels.cpu;

/** Loops over all entries of tensors. The order of every sum is fixed, so that results repeat. */
final class Vectors {
  private Vectors() {}

  private static RowBlock entries(Team team, CpuTensor x) {
    return RowBlock.of(team, Math.toIntExact(x.length()), 1);
  }

  /** ⟨x, y⟩ */
  static double dot(Team team, CpuTensor x, CpuTensor y) {
    return entries(team, x)
        .columnSums(
            1,
            (at, n, scratch) -> {
              double[] a = x.read(at, n, scratch, 0);
              double[] b = y.read(at, n, scratch, 1);
              double[] sums = scratch.summed(0);
              for (int i = 0; i < n; i++) {
                sums[i] += a[i] * b[i];
              }
            })[0][0];
  }

  /** y ← y + a·x */
  static void axpy(Team team, double a, CpuTensor x, CpuTensor y) {
    entries(team, x)
        .each(
            (at, n, scratch) -> {
              double[] from = x.read(at, n, scratch, 0);
              double[] to = y.read(at, n, scratch, 1);
              for (int i = 0; i < n; i++) {
                to[i] += a * from[i];
              }
              y.write(at, to, n, scratch);
            });
  }

  /** x ← a·x */
  static void scale(Team team, double a, CpuTensor x) {
    entries(team, x)
        .each(
            (at, n, scratch) -> {
              double[] numbers = x.read(at, n, scratch, 0);
              for (int i = 0; i < n; i++) {
                numbers[i] *= a;
              }
              x.write(at, numbers, n, scratch);
            });
  }
}
