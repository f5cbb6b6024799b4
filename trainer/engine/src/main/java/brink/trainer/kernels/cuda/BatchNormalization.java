package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Normalization;

/**
 * The passes of normalization by columns in two phases: sums over the rows, then a sweep that uses
 * their means.
 */
final class BatchNormalization {
  private final Launcher launcher;
  private final Sums sums;

  BatchNormalization(Launcher launcher, Sums sums) {
    this.launcher = launcher;
    this.sums = sums;
  }

  private static CudaTensor normalized(Normalization state) {
    return CudaTensor.of(state.normalized());
  }

  void forward(CudaTensor z, Normalization state, double resolution) {
    int rows = z.rows();
    int columns = z.columns();
    long exact = sums.means(moments(z, z), rows, columns, rows);
    statistics(z, state, resolution, exact);
    sweep(z, state, exact);
  }

  /**
   * Differences from the first row, and their squares.
   *
   * @param z some rows of a matrix
   * @param first row of the whole matrix, and perhaps more
   */
  static ColumnSums moments(CudaTensor z, CudaTensor first) {
    return new ColumnSums("batch_moments", 2, z, first);
  }

  /** Makes exact statistics of the means of the moments, in their place, and rounded ones. */
  void statistics(CudaTensor first, Normalization state, double resolution, long exact) {
    launcher.launch(
        "batch_statistics",
        Grid.each(first.columns()),
        first.columns(),
        first,
        state.epsilon(),
        resolution,
        exact,
        state.mean(),
        state.inverseDeviation());
  }

  /** The second phase of {@link #forward}. */
  void sweep(CudaTensor z, Normalization state, long exact) {
    launcher.launch(
        "batch_forward",
        Grid.columns(z.rows(), z.columns()),
        (long) z.rows(),
        z.columns(),
        state.activation(),
        z,
        exact,
        state.normalized(),
        state.output());
  }

  void apply(CudaTensor z, Normalization state, CudaTensor y) {
    launcher.launch(
        "batch_apply",
        Grid.columns(z.rows(), z.columns()),
        (long) z.rows(),
        z.columns(),
        state.activation(),
        z,
        state.mean(),
        state.inverseDeviation(),
        y);
  }

  void tangent(CudaTensor zTangent, Normalization state) {
    int rows = zTangent.rows();
    int columns = zTangent.columns();
    long means = sums.means(tangentSums(zTangent, state), rows, columns, rows);
    deviationTangent(columns, state, means);
    sweepTangent(zTangent, state, means);
  }

  static ColumnSums tangentSums(CudaTensor zTangent, Normalization state) {
    return new ColumnSums("batch_tangent_sums", 2, zTangent, state.normalized());
  }

  void deviationTangent(int columns, Normalization state, long means) {
    launcher.launch(
        "batch_deviation_tangent", Grid.each(columns), columns, means, state.deviationTangent());
  }

  /** The second phase of {@link #tangent}. */
  void sweepTangent(CudaTensor zTangent, Normalization state, long means) {
    launcher.launch(
        "batch_tangent",
        Grid.columns(zTangent.rows(), zTangent.columns()),
        (long) zTangent.rows(),
        zTangent.columns(),
        state.activation(),
        zTangent,
        state.normalized(),
        state.output(),
        means,
        state.inverseDeviation(),
        state.normalizedTangent(),
        state.outputTangent());
  }

  void backward(Normalization state) {
    int rows = normalized(state).rows();
    int columns = normalized(state).columns();
    long means = sums.means(backwardSums(state), rows, columns, rows);
    sweepBackward(state, means);
  }

  static ColumnSums backwardSums(Normalization state) {
    return new ColumnSums(
        "batch_backward_sums",
        2,
        state.activation(),
        state.outputAdjoint(),
        state.normalized(),
        state.output());
  }

  /** The second phase of {@link #backward}. */
  void sweepBackward(Normalization state, long means) {
    CudaTensor normalized = normalized(state);
    launcher.launch(
        "batch_backward",
        Grid.columns(normalized.rows(), normalized.columns()),
        (long) normalized.rows(),
        normalized.columns(),
        state.activation(),
        state.outputAdjoint(),
        state.normalized(),
        state.output(),
        means,
        state.inverseDeviation(),
        state.inputAdjoint());
  }

  void backwardTangent(CudaTensor from, Normalization state, CudaTensor to) {
    int rows = from.rows();
    int columns = from.columns();
    long means = sums.means(backwardTangentSums(from, state), rows, columns, rows);
    sweepBackwardTangent(from, state, means, to);
  }

  static ColumnSums backwardTangentSums(CudaTensor from, Normalization state) {
    return new ColumnSums(
        "batch_backward_tangent_sums",
        3,
        state.activation(),
        state.outputAdjoint(),
        from,
        state.normalized(),
        state.normalizedTangent(),
        state.output());
  }

  /** The second phase of {@link #backwardTangent}. */
  void sweepBackwardTangent(CudaTensor from, Normalization state, long means, CudaTensor to) {
    launcher.launch(
        "batch_backward_tangent",
        Grid.columns(from.rows(), from.columns()),
        (long) from.rows(),
        from.columns(),
        state.activation(),
        state.outputAdjoint(),
        from,
        state.normalized(),
        state.normalizedTangent(),
        state.output(),
        state.inputAdjoint(),
        means,
        state.inverseDeviation(),
        state.deviationTangent(),
        to);
  }
}
