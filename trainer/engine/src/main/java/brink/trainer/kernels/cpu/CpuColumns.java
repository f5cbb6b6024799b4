package brink.trainer.kernels.cpu;

import java.lang.foreign.MemorySegment;

/** A number for each column of a matrix, and the sums over columns that are its adjoints. */
final class CpuColumns {
  private CpuColumns() {}

  /** Columns of one matrix ← those of another. */
  static void copy(
      Team team, CpuTensor from, int fromColumn, CpuTensor to, int toColumn, int columns) {
    int bytes = from.precision().bytes();
    team.run(
        team.parts(from.rows(), columns),
        from.rows(),
        (_, first, end, _) -> {
          for (long row = first; row < end; row++) {
            MemorySegment.copy(
                from.segment(),
                (row * from.columns() + fromColumn) * bytes,
                to.segment(),
                (row * to.columns() + toColumn) * bytes,
                (long) columns * bytes);
          }
        });
  }

  /** y ← x with every column times its number + beta·y. */
  static void scale(Team team, CpuTensor factors, CpuTensor x, double beta, CpuTensor y) {
    RowBlock rows = RowBlock.of(team, x.rows(), x.columns());
    double[] repeated = rows.repeated(0, factors.get());
    rows.each(
        (at, n, scratch) -> {
          double[] values = x.read(at, n, scratch, 0);
          for (int i = 0; i < n; i++) {
            values[i] *= repeated[i];
          }
          if (beta != 0) {
            double[] before = y.read(at, n, scratch, 1);
            for (int i = 0; i < n; i++) {
              values[i] += beta * before[i];
            }
          }
          y.write(at, values, n, scratch);
        });
  }

  /** sums ← sums over the rows of x∘y + beta·sums. */
  static void dot(Team team, CpuTensor x, CpuTensor y, double beta, CpuTensor sums) {
    double[] total =
        RowBlock.of(team, x.rows(), x.columns())
            .columnSums(
                1,
                (at, n, scratch) -> {
                  double[] left = x.read(at, n, scratch, 0);
                  double[] right = y.read(at, n, scratch, 1);
                  double[] sum = scratch.summed(0);
                  for (int i = 0; i < n; i++) {
                    sum[i] += left[i] * right[i];
                  }
                })[0];
    if (beta != 0) {
      double[] before = sums.get();
      for (int j = 0; j < total.length; j++) {
        total[j] += beta * before[j];
      }
    }
    sums.set(total);
  }
}
