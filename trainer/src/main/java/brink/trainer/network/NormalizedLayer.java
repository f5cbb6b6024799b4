package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.WeightBlock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A trained linear map, batch normalization over the whole batch, and an activation: y = φ(N(B(w,
 * x))). The loss does not change when the layer's weights are scaled.
 */
final class NormalizedLayer implements Layer {
  private final Kernels kernels;
  private final LinearMap map;
  private final WeightBlock block;
  private final Normalization state;
  private @Nullable Tensor input;
  private @Nullable Tensor inputTangent;

  NormalizedLayer(Kernels kernels, LinearMap map, WeightBlock block, Normalization state) {
    this.kernels = kernels;
    this.map = map;
    this.block = block;
    this.state = state;
  }

  WeightBlock block() {
    return block;
  }

  Normalization state() {
    return state;
  }

  @Override
  public int inputs() {
    return map.inputs();
  }

  @Override
  public int outputs() {
    return map.outputs();
  }

  @Override
  public Tensor forward(Tensor weights, Tensor input) {
    this.input = input;
    map.product(block.in(weights), input, state.normalized(), false);
    kernels.normalize(state.normalized(), state);
    return state.output();
  }

  @Override
  public Tensor outputAdjoint() {
    return state.outputAdjoint();
  }

  @Override
  public void backward(Tensor weights, Tensor gradient, @Nullable Tensor inputAdjoint) {
    kernels.normalizeBackward(state);
    map.weightAdjoint(input(), state.inputAdjoint(), block.in(gradient), false);
    if (inputAdjoint != null) {
      map.inputAdjoint(block.in(weights), state.inputAdjoint(), inputAdjoint, false);
    }
  }

  @Override
  public Tensor tangent(Tensor weights, Tensor weightsTangent, @Nullable Tensor inputTangent) {
    this.inputTangent = inputTangent;
    Tensor z = state.normalizedTangent();
    map.product(block.in(weightsTangent), input(), z, false);
    if (inputTangent != null) {
      map.product(block.in(weights), inputTangent, z, true);
    }
    kernels.normalizeTangent(z, state);
    return state.outputTangent();
  }

  @Override
  public void backwardTangent(
      Tensor weights,
      Tensor weightsTangent,
      Tensor outputAdjointTangent,
      Tensor gradientTangent,
      @Nullable Tensor inputAdjointTangent) {
    Tensor z = outputAdjointTangent;
    kernels.normalizeBackwardTangent(outputAdjointTangent, state, z);
    map.weightAdjoint(input(), z, block.in(gradientTangent), false);
    if (inputTangent != null) {
      map.weightAdjoint(inputTangent, state.inputAdjoint(), block.in(gradientTangent), true);
    }
    if (inputAdjointTangent != null) {
      map.inputAdjoint(block.in(weights), z, inputAdjointTangent, false);
      map.inputAdjoint(block.in(weightsTangent), state.inputAdjoint(), inputAdjointTangent, true);
    }
  }

  @Override
  public void apply(Tensor weights, Tensor input, Tensor output) {
    map.product(block.in(weights), input, output, false);
    kernels.applyNormalization(output, state, output);
  }

  private Tensor input() {
    return Objects.requireNonNull(input, "forward comes first");
  }
}
