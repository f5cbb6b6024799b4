package brink.trainer.kernels.cuda;

import static brink.trainer.kernels.cuda.Operand.read;
import static brink.trainer.kernels.cuda.Operand.written;

import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import java.util.List;

/** Loss heads slice by slice. */
final class SlicedLoss {
  private final Slices slices;
  private final SlicedSums sums;
  private final CudaLoss loss;

  SlicedLoss(Slices slices, SlicedSums sums, CudaLoss loss) {
    this.slices = slices;
    this.sums = sums;
    this.loss = loss;
  }

  void evaluate(
      Loss kind,
      Tensor logits,
      Tensor targets,
      Tensor predictions,
      Tensor gradient,
      CudaScalar result) {
    int k = logits.columns();
    sums.total(
        logits.rows(),
        List.of(read(logits, k), read(targets, k), written(predictions, k), written(gradient, k)),
        result.overwritten(),
        (t, part) ->
            loss.evaluate(kind, logits.rows(), CudaTensor.of(t[0]), t[1], t[2], t[3], part));
  }

  void tangent(Loss kind, Tensor predictions, Tensor logitsTangent, Tensor gradientTangent) {
    int k = predictions.columns();
    slices.run(
        predictions.rows(),
        List.of(read(predictions, k), read(logitsTangent, k), written(gradientTangent, k)),
        (t, _) ->
            loss.tangent(
                kind,
                predictions.rows(),
                CudaTensor.of(t[0]),
                CudaTensor.of(t[1]),
                CudaTensor.of(t[2])));
  }

  int agreeingRows(Tensor x, Tensor y) {
    int k = x.columns();
    double rows =
        sums.total(
            x.rows(),
            List.of(read(x, k), read(y, k)),
            (t, part) -> loss.agreeingRows(CudaTensor.of(t[0]), t[1], part));
    return (int) rows;
  }
}
