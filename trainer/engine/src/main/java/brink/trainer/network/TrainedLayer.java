package brink.trainer.network;

import brink.trainer.kernels.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A linear map with trained weights and what follows it: y = h(B(w(v), x)). The derivative of each
 * of the map's products is a sum of the same products.
 */
final class TrainedLayer implements Layer {
  private final LinearMap map;
  private final Parametrization parametrization;
  private final Response response;
  private @Nullable Tensor input;
  private @Nullable Tensor inputTangent;

  TrainedLayer(LinearMap map, Parametrization parametrization, Response response) {
    this.map = map;
    this.parametrization = parametrization;
    this.response = response;
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
    parametrization.forward(weights);
    map.product(parametrization.weights(), input, response.preactivation(), false);
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
    Tensor z = response.preactivationAdjoint();
    map.weightAdjoint(input(), z, parametrization.weightsAdjoint(gradient), false);
    parametrization.backward(gradient);
    if (inputAdjoint != null) {
      map.inputAdjoint(parametrization.weights(), z, inputAdjoint, false);
    }
  }

  @Override
  public Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent) {
    this.inputTangent = inputTangent;
    Tensor z = response.preactivationTangent();
    parametrization.tangent(weightsTangent);
    map.product(parametrization.weightsTangent(), input(), z, false);
    if (inputTangent != null) {
      map.product(parametrization.weights(), inputTangent, z, true);
    }
    response.tangent();
    return response.outputTangent();
  }

  @Override
  public void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent) {
    Tensor zDot = outputAdjointTangent;
    Tensor z = response.preactivationAdjoint();
    response.backwardTangent(zDot);
    Tensor weightsAdjointTangent = parametrization.block().in(gradientTangent);
    map.weightAdjoint(input(), zDot, weightsAdjointTangent, false);
    if (inputTangent != null) {
      map.weightAdjoint(inputTangent, z, weightsAdjointTangent, true);
    }
    parametrization.backwardTangent(gradientTangent);
    if (inputAdjointTangent != null) {
      map.inputAdjoint(parametrization.weights(), zDot, inputAdjointTangent, false);
      map.inputAdjoint(parametrization.weightsTangent(), z, inputAdjointTangent, true);
    }
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    map.product(parametrization.weights(), input, output, false);
    response.apply(output);
  }

  private Tensor input() {
    return Objects.requireNonNull(input, "forward comes first");
  }
}
