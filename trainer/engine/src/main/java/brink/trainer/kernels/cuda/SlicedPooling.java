package brink.trainer.kernels.cuda;

import static brink.trainer.kernels.cuda.Operand.read;
import static brink.trainer.kernels.cuda.Operand.written;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Shapes;
import brink.trainer.kernels.Tensor;
import java.util.List;

/** Pooling of slices of whole examples. */
final class SlicedPooling {
  private final Kernels whole;
  private final Slices slices;

  SlicedPooling(Kernels whole, Slices slices) {
    this.whole = whole;
    this.slices = slices;
  }

  void maxPool(Pooling shape, Tensor input, Tensor chosen, Tensor output) {
    Shapes.requireSameLength(chosen, output);
    int pooled = CudaPooling.pooled(shape);
    slices.run(
        CudaPooling.examples(shape, input, output),
        List.of(
            read(input, CudaPooling.image(shape)),
            written(chosen, pooled),
            written(output, pooled)),
        (t, _) -> whole.maxPool(shape, t[0], t[1], t[2]));
  }

  void poolChosen(Pooling shape, Tensor chosen, Tensor input, Tensor output) {
    Shapes.requireSameLength(chosen, output);
    int pooled = CudaPooling.pooled(shape);
    slices.run(
        CudaPooling.examples(shape, input, output),
        List.of(
            read(chosen, pooled), read(input, CudaPooling.image(shape)), written(output, pooled)),
        (t, _) -> whole.poolChosen(shape, t[0], t[1], t[2]));
  }

  void unpoolChosen(Pooling shape, Tensor chosen, Tensor outputAdjoint, Tensor inputAdjoint) {
    Shapes.requireSameLength(chosen, outputAdjoint);
    int pooled = CudaPooling.pooled(shape);
    slices.run(
        CudaPooling.examples(shape, inputAdjoint, outputAdjoint),
        List.of(
            read(chosen, pooled),
            read(outputAdjoint, pooled),
            written(inputAdjoint, CudaPooling.image(shape))),
        (t, _) -> whole.unpoolChosen(shape, t[0], t[1], t[2]));
  }

  void averagePool(Pooling shape, Tensor input, Tensor output) {
    slices.run(
        CudaPooling.examples(shape, input, output),
        List.of(read(input, CudaPooling.image(shape)), written(output, CudaPooling.pooled(shape))),
        (t, _) -> whole.averagePool(shape, t[0], t[1]));
  }

  void averageUnpool(Pooling shape, Tensor outputAdjoint, Tensor inputAdjoint) {
    slices.run(
        CudaPooling.examples(shape, inputAdjoint, outputAdjoint),
        List.of(
            read(outputAdjoint, CudaPooling.pooled(shape)),
            written(inputAdjoint, CudaPooling.image(shape))),
        (t, _) -> whole.averageUnpool(shape, t[0], t[1]));
  }
}
