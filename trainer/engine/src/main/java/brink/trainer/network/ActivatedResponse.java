package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/** An activation without normalization, y = φ(z). y is z itself for the identity. */
final class ActivatedResponse implements Response {
  private final Kernels kernels;
  private final Activation activation;
  private final Tensor z;
  private final Tensor output;
  private final Tensor zAdjoint;
  private final Tensor outputAdjoint;
  private final Tensor zTangent;
  private final Tensor outputTangent;

  ActivatedResponse(Kernels kernels, Activation activation, int examples, int outputs) {
    this.kernels = kernels;
    this.activation = activation;
    z = kernels.allocate(examples, outputs);
    zAdjoint = kernels.allocate(examples, outputs);
    zTangent = kernels.allocate(examples, outputs);
    boolean linear = activation == Activation.IDENTITY;
    output = linear ? z : kernels.allocate(examples, outputs);
    outputAdjoint = linear ? zAdjoint : kernels.allocate(examples, outputs);
    outputTangent = linear ? zTangent : kernels.allocate(examples, outputs);
  }

  @Override
  public Tensor preactivation() {
    return z;
  }

  @Override
  public void forward() {
    kernels.activate(activation, z, output);
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public Tensor outputAdjoint() {
    return outputAdjoint;
  }

  @Override
  public void backward() {
    kernels.activationProduct(activation, z, outputAdjoint, zAdjoint);
  }

  @Override
  public Tensor preactivationAdjoint() {
    return zAdjoint;
  }

  @Override
  public Tensor preactivationTangent() {
    return zTangent;
  }

  @Override
  public void tangent() {
    kernels.activationProduct(activation, z, zTangent, outputTangent);
  }

  @Override
  public Tensor outputTangent() {
    return outputTangent;
  }

  @Override
  public void backwardTangent(Tensor adjointTangent) {
    kernels.activationProductTangent(
        activation, z, zTangent, outputAdjoint, adjointTangent, adjointTangent);
  }

  @Override
  public void apply(Tensor other) {
    kernels.activate(activation, other, other);
  }
}
