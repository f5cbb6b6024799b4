package brink.trainer.kernels.cpu;

/** A matrix product that a team shares: each thread computes a band of the result. */
final class SharedProduct {
  // A thread does about this many multiplications in the time of one entry of a fused loop.
  private static final long MULTIPLICATIONS_PER_ENTRY = 32;

  private final Team team;
  private final MatrixProduct product;
  private final boolean transposeA;
  private final boolean transposeB;
  private final int m;
  private final int n;
  private final int k;

  SharedProduct(
      Team team,
      MatrixProduct product,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k) {
    this.team = team;
    this.product = product;
    this.transposeA = transposeA;
    this.transposeB = transposeB;
    this.m = m;
    this.n = n;
    this.k = k;
  }

  /** c ← alpha·op(a)·op(b) + beta·c. */
  void multiply(double alpha, CpuTensor a, CpuTensor b, double beta, CpuTensor c) {
    boolean byRows = m >= n;
    int length = byRows ? m : n;
    long work = (long) k * (byRows ? n : m) / MULTIPLICATIONS_PER_ENTRY;
    team.run(
        team.parts(length, work),
        length,
        (_, from, to, _) -> {
          int count = (int) (to - from);
          long row = byRows ? from : 0;
          long column = byRows ? 0 : from;
          product.multiply(
              c.precision(),
              transposeA,
              transposeB,
              byRows ? count : m,
              byRows ? n : count,
              k,
              alpha,
              a.from(transposeA ? row : row * k),
              transposeA ? m : k,
              b.from(transposeB ? column * k : column),
              transposeB ? k : n,
              beta,
              c.from(row * n + column),
              n);
        });
  }
}
