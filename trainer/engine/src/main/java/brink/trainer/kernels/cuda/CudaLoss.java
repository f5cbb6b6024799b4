package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;

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

  /**
   * The share of some rows in the mean loss.
   *
   * @param examples that the mean is over
   * @param result address of a double
   */
  void evaluate(
      Loss loss,
      int examples,
      CudaTensor logits,
      Tensor targets,
      Tensor predictions,
      Tensor gradient,
      long result) {
    int rows = logits.rows();
    sums.total(
        kernel(loss),
        ENTRIES_OF_ROW * rows,
        (loss == Loss.MEAN_SQUARED_ERROR ? 0.5 : 1.0) / examples,
        result,
        rows,
        logits.columns(),
        examples,
        logits,
        targets,
        predictions,
        gradient);
  }

  private static String kernel(Loss loss) {
    return switch (loss) {
      case SOFTMAX_CROSS_ENTROPY -> "softmax_cross_entropy";
      case MEAN_SQUARED_ERROR -> "mean_squared_error";
    };
  }

  /**
   * The tangents of some rows' gradients.
   *
   * @param examples that the mean is over
   */
  void tangent(
      Loss loss,
      int examples,
      CudaTensor predictions,
      CudaTensor logitsTangent,
      CudaTensor gradientTangent) {
    int rows = logitsTangent.rows();
    int columns = logitsTangent.columns();
    switch (loss) {
      case SOFTMAX_CROSS_ENTROPY ->
          launcher.launch(
              "softmax_cross_entropy_tangent",
              Grid.entries(rows),
              rows,
              columns,
              examples,
              predictions,
              logitsTangent,
              gradientTangent);
      case MEAN_SQUARED_ERROR ->
          launcher.launch(
              "mean_squared_error_tangent",
              Grid.entries(logitsTangent.length()),
              rows,
              columns,
              examples,
              logitsTangent,
              gradientTangent);
    }
  }

  int agreeingRows(CudaTensor x, CudaTensor y) {
    agreeingRows(x, y, count.overwritten());
    return (int) count.get();
  }

  void agreeingRows(CudaTensor x, Tensor y, long result) {
    sums.total("agreeing_rows", x.rows(), 1, result, x.rows(), x.columns(), x, y);
  }
}
