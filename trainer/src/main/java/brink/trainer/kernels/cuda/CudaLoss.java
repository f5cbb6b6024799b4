package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Loss;

/** Loss heads, a thread for every row. */
final class CudaLoss {
  // A row takes a thread as long as some entries do.
  private static final long ENTRIES_OF_ROW = 4;

  private final Launcher launcher;
  private final Sums sums;
  private final CudaScalar count;

  CudaLoss(Launcher launcher, Sums sums) {
    this.launcher = launcher;
    this.sums = sums;
    count = sums.allocate();
  }

  /** result ← the mean loss. */
  void evaluate(
      Loss loss,
      CudaTensor logits,
      CudaTensor targets,
      CudaTensor predictions,
      CudaTensor gradient,
      CudaScalar result) {
    int rows = logits.rows();
    switch (loss) {
      case SOFTMAX_CROSS_ENTROPY ->
          sum("softmax_cross_entropy", 1.0 / rows, logits, targets, predictions, gradient, result);
      case MEAN_SQUARED_ERROR ->
          sum("mean_squared_error", 0.5 / rows, logits, targets, predictions, gradient, result);
    }
  }

  private void sum(
      String kernel,
      double factor,
      CudaTensor logits,
      CudaTensor targets,
      CudaTensor predictions,
      CudaTensor gradient,
      CudaScalar result) {
    sums.total(
        kernel,
        ENTRIES_OF_ROW * logits.rows(),
        factor,
        result,
        logits.rows(),
        logits.columns(),
        logits,
        targets,
        predictions,
        gradient);
  }

  void tangent(
      Loss loss, CudaTensor predictions, CudaTensor logitsTangent, CudaTensor gradientTangent) {
    int rows = predictions.rows();
    int columns = predictions.columns();
    switch (loss) {
      case SOFTMAX_CROSS_ENTROPY ->
          launcher.launch(
              "softmax_cross_entropy_tangent",
              Grid.entries(rows),
              rows,
              columns,
              predictions,
              logitsTangent,
              gradientTangent);
      case MEAN_SQUARED_ERROR ->
          launcher.launch(
              "mean_squared_error_tangent",
              Grid.entries(predictions.length()),
              rows,
              columns,
              logitsTangent,
              gradientTangent);
    }
  }

  int agreeingRows(CudaTensor x, CudaTensor y) {
    sums.total("agreeing_rows", x.rows(), 1, count, x.rows(), x.columns(), x, y);
    return (int) count.get();
  }
}
