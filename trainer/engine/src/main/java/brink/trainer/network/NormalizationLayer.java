package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import org.jspecify.annotations.Nullable;

/** A normalization of whatever comes in: the response of a trained layer to a map without one. */
final class NormalizationLayer implements Layer {
  private final Kernels kernels;
  private final Response response;

  NormalizationLayer(Kernels kernels, Response response) {
    this.kernels = kernels;
    this.response = response;
  }

  @Override
  public int inputs() {
    return response.preactivation().columns();
  }

  @Override
  public int outputs() {
    return response.output().columns();
  }

  @Override
  public Tensor forward(Tensor weights, Tensor input) {
    kernels.copy(input, response.preactivation());
    response.forward();
    return response.output();
  }

  @Override
  public Tensor outputAdjoint() {
    return response.outputAdjoint();
  }

  @Override
  public void backward(Tensor gradient, @Nullable Tensor inputAdjoint) {
    response.backward();
    if (inputAdjoint != null) {
      kernels.copy(response.preactivationAdjoint(), inputAdjoint);
    }
  }

  @Override
  public @Nullable Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent) {
    if (inputTangent == null) {
      return null; // and never another: the response's tangents are the zeros they were made with
    }
    kernels.copy(inputTangent, response.preactivationTangent());
    response.tangent();
    return response.outputTangent();
  }

  @Override
  public void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent) {
    if (inputAdjointTangent != null) {
      response.backwardTangent(outputAdjointTangent);
      kernels.copy(outputAdjointTangent, inputAdjointTangent);
    }
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    kernels.copy(input, output);
    response.apply(output);
  }
}
