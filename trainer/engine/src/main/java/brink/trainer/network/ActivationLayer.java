package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An activation alone, y = φ(x). */
final class ActivationLayer implements Layer {
  private final Kernels kernels;
  private final Activation activation;
  private final Tensor output;
  private final Tensor outputAdjoint;
  private final Tensor outputTangent;
  private @Nullable Tensor input;
  private @Nullable Tensor inputTangent;

  ActivationLayer(Kernels kernels, Activation activation, int examples, int features) {
    this.kernels = kernels;
    this.activation = activation;
    output = kernels.allocate(examples, features);
    outputAdjoint = kernels.allocate(examples, features);
    outputTangent = kernels.allocate(examples, features);
  }

  @Override
  public int inputs() {
    return output.columns();
  }

  @Override
  public int outputs() {
    return output.columns();
  }

  @Override
  public Tensor forward(Tensor weights, Tensor input) {
    this.input = input;
    kernels.activate(activation, input, output);
    return output;
  }

  @Override
  public Tensor outputAdjoint() {
    return outputAdjoint;
  }

  @Override
  public void backward(Tensor gradient, @Nullable Tensor inputAdjoint) {
    if (inputAdjoint != null) {
      kernels.activationProduct(activation, input(), outputAdjoint, inputAdjoint);
    }
  }

  @Override
  public @Nullable Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent) {
    this.inputTangent = inputTangent;
    if (inputTangent == null) {
      return null;
    }
    kernels.activationProduct(activation, input(), inputTangent, outputTangent);
    return outputTangent;
  }

  @Override
  public void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent) {
    if (inputAdjointTangent == null) {
      return;
    }
    if (inputTangent == null) {
      kernels.activationProduct(activation, input(), outputAdjointTangent, inputAdjointTangent);
    } else {
      kernels.activationProductTangent(
          activation,
          input(),
          inputTangent,
          outputAdjoint,
          outputAdjointTangent,
          inputAdjointTangent);
    }
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    kernels.activate(activation, input, output);
  }

  private Tensor input() {
    return Objects.requireNonNull(input, "forward comes first");
  }
}
