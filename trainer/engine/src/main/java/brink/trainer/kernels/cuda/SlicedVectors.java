package brink.trainer.kernels.cuda;

import static brink.trainer.kernels.cuda.Operand.read;
import static brink.trainer.kernels.cuda.Operand.updated;
import static brink.trainer.kernels.cuda.Operand.written;

import brink.trainer.kernels.Shapes;
import brink.trainer.kernels.Tensor;
import java.util.List;

/** Operations on all entries of tensors, slice by slice. */
record SlicedVectors(CudaKernels whole, Slices slices, SlicedSums sums) {
  double dot(Tensor x, Tensor y) {
    Shapes.requireSameLength(x, y);
    return sums.dot(x, y);
  }

  void dot(Tensor x, Tensor y, CudaScalar result) {
    Shapes.requireSameLength(x, y);
    sums.dot(x, y, result);
  }

  void axpy(double a, Tensor x, Tensor y) {
    Shapes.requireSameLength(x, y);
    slices.run(x.length(), List.of(read(x, 1), updated(y, 1)), (t, _) -> whole.axpy(a, t[0], t[1]));
  }

  void removeComponent(Tensor u, Tensor v) {
    if (u instanceof CudaTensor && v instanceof CudaTensor) {
      whole.removeComponent(u, v);
    } else {
      axpy(-dot(u, v), u, v);
    }
  }

  void scale(double a, Tensor x) {
    slices.run(x.length(), List.of(updated(x, 1)), (t, _) -> whole.scale(a, t[0]));
  }

  void copy(Tensor from, Tensor to) {
    Shapes.requireSameLength(from, to);
    slices.run(
        from.length(), List.of(read(from, 1), written(to, 1)), (t, _) -> whole.copy(t[0], t[1]));
  }

  void copyColumns(Tensor from, int fromColumn, Tensor to, int toColumn, int columns) {
    Shapes.requireColumns(from, fromColumn, to, toColumn, columns);
    slices.run(
        from.rows(),
        List.of(read(from, from.columns()), updated(to, to.columns())),
        (t, _) -> whole.copyColumns(t[0], fromColumn, t[1], toColumn, columns));
  }
}
