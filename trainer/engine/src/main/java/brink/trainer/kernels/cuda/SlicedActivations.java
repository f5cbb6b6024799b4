package brink.trainer.kernels.cuda;

import static brink.trainer.kernels.cuda.Operand.read;
import static brink.trainer.kernels.cuda.Operand.written;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Shapes;
import brink.trainer.kernels.Tensor;
import java.util.List;

/** Activations that no normalization comes before, slice by slice. */
record SlicedActivations(CudaKernels whole, Slices slices) {
  void activate(Activation activation, Tensor x, Tensor y) {
    Shapes.requireSameLength(x, y);
    slices.run(
        x.length(),
        List.of(read(x, 1), written(y, 1)),
        (t, _) -> whole.activate(activation, t[0], t[1]));
  }

  void product(Activation activation, Tensor x, Tensor v, Tensor result) {
    Shapes.requireSameLength(x, v, result);
    slices.run(
        x.length(),
        List.of(read(x, 1), read(v, 1), written(result, 1)),
        (t, _) -> whole.activationProduct(activation, t[0], t[1], t[2]));
  }

  void productTangent(
      Activation activation,
      Tensor x,
      Tensor xTangent,
      Tensor adjoint,
      Tensor adjointTangent,
      Tensor result) {
    Shapes.requireSameLength(x, xTangent, adjoint, adjointTangent, result);
    slices.run(
        x.length(),
        List.of(
            read(x, 1),
            read(xTangent, 1),
            read(adjoint, 1),
            read(adjointTangent, 1),
            written(result, 1)),
        (t, _) -> whole.activationProductTangent(activation, t[0], t[1], t[2], t[3], t[4]));
  }
}
