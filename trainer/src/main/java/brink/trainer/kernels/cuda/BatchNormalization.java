package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Normalization;

/** The passes of normalization by columns: sums over the rows, then a sweep that uses them. */
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
    long exact = sums.means("batch_moments", 2, rows, columns, rows, z);
    launcher.launch(
        "batch_statistics",
        Grid.each(columns),
        columns,
        z,
        state.epsilon(),
        resolution,
        exact,
        state.mean(),
        state.inverseDeviation());
    launcher.launch(
        "batch_forward",
        Grid.columns(rows, columns),
        (long) rows,
        columns,
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
    long means =
        sums.means("batch_tangent_sums", 2, rows, columns, rows, zTangent, state.normalized());
    launcher.launch(
        "batch_deviation_tangent", Grid.each(columns), columns, means, state.deviationTangent());
    launcher.launch(
        "batch_tangent",
        Grid.columns(rows, columns),
        (long) rows,
        columns,
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
    Activation phi = state.activation();
    long means =
        sums.means(
            "batch_backward_sums",
            2,
            rows,
            columns,
            rows,
            phi,
            state.outputAdjoint(),
            state.normalized(),
            state.output());
    launcher.launch(
        "batch_backward",
        Grid.columns(rows, columns),
        (long) rows,
        columns,
        phi,
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
    Activation phi = state.activation();
    long means =
        sums.means(
            "batch_backward_tangent_sums",
            3,
            rows,
            columns,
            rows,
            phi,
            state.outputAdjoint(),
            from,
            state.normalized(),
            state.normalizedTangent(),
            state.output());
    launcher.launch(
        "batch_backward_tangent",
        Grid.columns(rows, columns),
        (long) rows,
        columns,
        phi,
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
