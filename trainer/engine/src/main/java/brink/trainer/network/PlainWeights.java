package brink.trainer.network;

import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.WeightBlock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** w = v. */
final class PlainWeights implements Parametrization {
  private final WeightBlock block;
  private @Nullable Tensor weights;
  private @Nullable Tensor weightsTangent;

  PlainWeights(WeightBlock block) {
    this.block = block;
  }

  @Override
  public WeightBlock block() {
    return block;
  }

  @Override
  public void forward(Tensor flat) {
    weights = block.in(flat);
  }

  @Override
  public Tensor weights() {
    return Objects.requireNonNull(weights, "forward comes first");
  }

  @Override
  public Tensor weightsAdjoint(Tensor flatGradient) {
    return block.in(flatGradient);
  }

  @Override
  public void backward(Tensor flatGradient) {}

  @Override
  public void tangent(Tensor flatTangent) {
    weightsTangent = block.in(flatTangent);
  }

  @Override
  public Tensor weightsTangent() {
    return Objects.requireNonNull(weightsTangent, "tangent comes first");
  }

  @Override
  public void backwardTangent(Tensor flatGradientTangent) {}
}
