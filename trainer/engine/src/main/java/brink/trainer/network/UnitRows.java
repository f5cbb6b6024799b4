package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.WeightBlock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Weight normalization without gain: every row of w is that of v, scaled to length 1 (Salimans,
 * Kingma, arXiv 1602.07868, with g = 1). Keeps 3·m·d + m numbers for m×d weights.
 */
final class UnitRows implements Parametrization {
  private final Kernels kernels;
  private final WeightBlock block;
  private final Tensor inverseNorms;
  private final Tensor weights;
  private final Tensor weightsAdjoint;
  private final Tensor weightsTangent;
  private @Nullable Tensor trainedTangent;

  UnitRows(Kernels kernels, WeightBlock block) {
    this.kernels = kernels;
    this.block = block;
    inverseNorms = kernels.allocate(1, block.rows());
    weights = kernels.allocate(block.rows(), block.columns());
    weightsAdjoint = kernels.allocate(block.rows(), block.columns());
    weightsTangent = kernels.allocate(block.rows(), block.columns());
  }

  @Override
  public WeightBlock block() {
    return block;
  }

  @Override
  public void forward(Tensor flat) {
    kernels.normalizeRows(block.in(flat), inverseNorms, weights);
  }

  @Override
  public Tensor weights() {
    return weights;
  }

  @Override
  public Tensor weightsAdjoint(Tensor flatGradient) {
    return weightsAdjoint;
  }

  @Override
  public void backward(Tensor flatGradient) {
    kernels.projectRows(weights, inverseNorms, weightsAdjoint, block.in(flatGradient));
  }

  @Override
  public void tangent(Tensor flatTangent) {
    trainedTangent = block.in(flatTangent);
    kernels.projectRows(weights, inverseNorms, trainedTangent, weightsTangent);
  }

  @Override
  public Tensor weightsTangent() {
    return weightsTangent;
  }

  @Override
  public void backwardTangent(Tensor flatGradientTangent) {
    Tensor v = Objects.requireNonNull(trainedTangent, "tangent comes first");
    Tensor result = block.in(flatGradientTangent);
    kernels.projectRows(weights, inverseNorms, result, result);
    kernels.projectRowsTangent(weights, inverseNorms, v, weightsAdjoint, result);
  }
}
