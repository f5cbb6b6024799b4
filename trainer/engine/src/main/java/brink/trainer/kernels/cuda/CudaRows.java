package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Tensor;

/** Weight normalization, a block of threads for every row. */
final class CudaRows {
  private final Launcher launcher;

  CudaRows(Launcher launcher) {
    this.launcher = launcher;
  }

  private static Grid grid(Tensor matrix) {
    return Grid.sets(matrix.rows(), matrix.columns());
  }

  void normalize(Tensor v, Tensor inverseNorms, Tensor w) {
    launcher.launch("normalize_rows", grid(v), v.columns(), v, inverseNorms, w);
  }

  void project(Tensor w, Tensor inverseNorms, Tensor x, Tensor result) {
    launcher.launch("project_rows", grid(w), w.columns(), w, inverseNorms, x, result);
  }

  void projectTangent(Tensor w, Tensor inverseNorms, Tensor vTangent, Tensor x, Tensor result) {
    launcher.launch(
        "project_rows_tangent", grid(w), w.columns(), w, inverseNorms, vTangent, x, result);
  }
}
