package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Loss;

/** Loss heads, a thread for every row. */
final class CudaLoss {
  private final Launcher launcher;
  private final Sums sums;

  CudaLoss(Launcher launcher, Sums sums) {
    this.launcher = launcher;
    this.sums = sums;
  }

  double evaluate(
      Loss loss,
      CudaTensor logits,
      CudaTensor targets,
      CudaTensor predictions,
      CudaTensor gradient) {
    int rows = logits.rows();
    return switch (loss) {
      case SOFTMAX_CROSS_ENTROPY ->
          sum("softmax_cross_entropy", 1.0 / rows, logits, targets, predictions, gradient);
      case MEAN_SQUARED_ERROR ->
          sum("mean_squared_error", 0.5 / rows, logits, targets, predictions, gradient);
    };
  }

  private double sum(
      String kernel,
      double factor,
      CudaTensor logits,
      CudaTensor targets,
      CudaTensor predictions,
      CudaTensor gradient) {
    return sums.total(
        kernel,
        logits.rows(),
        factor,
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
    return (int) sums.total("agreeing_rows", x.rows(), 1, x.rows(), x.columns(), x, y);
  }
}
