package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Shapes;
import brink.trainer.kernels.Tensor;

/** Operations on all entries of tensors of a device, whatever their shapes. */
final class CudaVectors {
  private final Device device;
  private final Launcher launcher;
  private final Sums sums;
  private final CudaScalar number;

  CudaVectors(Device device, Launcher launcher, Sums sums) {
    this.device = device;
    this.launcher = launcher;
    this.sums = sums;
    number = sums.allocate();
  }

  double dot(Tensor x, Tensor y) {
    dot(x, y, number);
    return number.get();
  }

  void dot(Tensor x, Tensor y, CudaScalar result) {
    dot(x, y, result.overwritten());
  }

  private void dot(Tensor x, Tensor y, long result) {
    Shapes.requireSameLength(x, y);
    sums.total("dot", x.length(), 1, result, x.length(), x, y);
  }

  void axpy(double a, Tensor x, Tensor y) {
    Shapes.requireSameLength(x, y);
    launcher.launch("axpy", Grid.entries(x.length()), x.length(), a, x, y);
  }

  /** The component's length does not leave the device. */
  void removeComponent(Tensor u, Tensor v) {
    long component = number.overwritten();
    dot(u, v, component);
    launcher.launch("axpy_by", Grid.entries(u.length()), u.length(), -1.0, component, u, v);
  }

  void scale(double a, Tensor x) {
    launcher.launch("scale", Grid.entries(x.length()), x.length(), a, x);
  }

  void copy(Tensor from, Tensor to) {
    Shapes.requireSameLength(from, to);
    device.copy(CudaTensor.of(from), CudaTensor.of(to));
  }

  void copyColumns(Tensor from, int fromColumn, Tensor to, int toColumn, int columns) {
    Shapes.requireColumns(from, fromColumn, to, toColumn, columns);
    launcher.launch(
        "copy_columns",
        Grid.columns(from.rows(), columns),
        (long) from.rows(),
        columns,
        CudaTensor.of(from).from(fromColumn),
        from.columns(),
        CudaTensor.of(to).from(toColumn),
        to.columns());
  }
}
