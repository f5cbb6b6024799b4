package brink.trainer.kernels.cpu;

/** Weight normalization, row by row, with the row lengths in one dimension of a m×d matrix. */
final class CpuRows {
  private CpuRows() {}

  /** What is done with one row. */
  @FunctionalInterface
  private interface Body {
    void run(long row, int width, ThreadScratch scratch);
  }

  private static void each(Team team, CpuTensor matrix, Body body) {
    int width = matrix.columns();
    team.run(
        team.parts(matrix.rows(), width),
        matrix.rows(),
        (_, from, to, scratch) -> {
          for (long row = from; row < to; row++) {
            body.run(row, width, scratch);
          }
        });
  }

  /** w ← rows of v over their lengths. */
  static void normalize(Team team, CpuTensor v, CpuTensor inverseNorms, CpuTensor w) {
    each(
        team,
        v,
        (row, d, scratch) -> {
          double[] x = v.read(row * d, d, scratch, 0);
          double inverse = 1 / Math.sqrt(dot(x, x, d));
          for (int i = 0; i < d; i++) {
            x[i] *= inverse;
          }
          w.write(row * d, x, d, scratch);
          put(inverseNorms, row, inverse, scratch);
        });
  }

  /** result ← (x − w⟨w, x⟩)/‖v‖ in every row. */
  static void project(
      Team team, CpuTensor w, CpuTensor inverseNorms, CpuTensor x, CpuTensor result) {
    each(
        team,
        w,
        (row, d, scratch) -> {
          double[] unit = w.read(row * d, d, scratch, 0);
          double[] numbers = x.read(row * d, d, scratch, 1);
          projectRow(unit, at(inverseNorms, row, scratch), numbers, numbers, d);
          result.write(row * d, numbers, d, scratch);
        });
  }

  private static void projectRow(double[] w, double inverse, double[] x, double[] to, int d) {
    double along = dot(w, x, d);
    for (int i = 0; i < d; i++) {
      to[i] = (x[i] - w[i] * along) * inverse;
    }
  }

  /** With ẇ = J·v̇: result ← result − (⟨w, v̇⟩·J·x + ẇ⟨w, x⟩ + w⟨ẇ, x⟩)/‖v‖ in every row. */
  static void projectTangent(
      Team team,
      CpuTensor w,
      CpuTensor inverseNorms,
      CpuTensor vTangent,
      CpuTensor x,
      CpuTensor result) {
    each(
        team,
        w,
        (row, d, scratch) -> {
          double[] unit = w.read(row * d, d, scratch, 0);
          double inverse = at(inverseNorms, row, scratch);
          double[] direction = vTangent.read(row * d, d, scratch, 1);
          double stretch = dot(unit, direction, d);
          double[] unitTangent = scratch.tile(2, d);
          projectRow(unit, inverse, direction, unitTangent, d);
          double[] numbers = x.read(row * d, d, scratch, 3);
          double along = dot(unit, numbers, d);
          double alongTangent = dot(unitTangent, numbers, d);
          double[] projected = scratch.tile(4, d);
          projectRow(unit, inverse, numbers, projected, d);
          double[] sum = result.read(row * d, d, scratch, 5);
          for (int i = 0; i < d; i++) {
            sum[i] -=
                inverse
                    * (stretch * projected[i] + unitTangent[i] * along + unit[i] * alongTangent);
          }
          result.write(row * d, sum, d, scratch);
        });
  }

  private static double dot(double[] x, double[] y, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double at(CpuTensor tensor, long index, ThreadScratch scratch) {
    return tensor.read(index, 1, scratch, 7)[0];
  }

  private static void put(CpuTensor tensor, long index, double value, ThreadScratch scratch) {
    double[] one = scratch.tile(7, 1);
    one[0] = value;
    tensor.write(index, one, 1, scratch);
  }
}
