package brink.trainer.network;

import brink.trainer.kernels.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A map y = f(w, x) of a batch of n examples, with the four passes that exact Hessian-vector
 * products need. A layer keeps what its later passes need of the earlier ones, so the order is
 * forward, backward, then any number of pairs of tangent and backwardTangent. Adjoints are
 * derivatives of the loss L, a dot is the derivative in the direction (ẇ, ẋ).
 *
 * <p>An example is a row, whatever its {@link Shape}. Arguments called weights, gradient and their
 * tangents are flat, 1×dimension of the network; the layer uses its own part of them. Weights and
 * inputs are kept by reference, and must not change before the last pass.
 */
interface Layer {
  /** Number of columns of the input. */
  int inputs();

  /** Number of columns of the output. */
  int outputs();

  /**
   * y = f(w, x).
   *
   * @param input n×inputs
   * @return y, n×outputs, owned by the layer
   */
  Tensor forward(Tensor weights, Tensor input);

  /** Where the next layer writes ∂L/∂y, n×outputs; kept until the last pass. */
  Tensor outputAdjoint();

  /**
   * Writes ∂L/∂w and ∂L/∂x from {@link #outputAdjoint}.
   *
   * @param gradient this layer's part is overwritten
   * @param inputAdjoint n×inputs, overwritten by ∂L/∂x; null if nobody needs it
   */
  void backward(Tensor gradient, @Nullable Tensor inputAdjoint);

  /**
   * ẏ in the direction (ẇ, ẋ).
   *
   * @param inputTangent ẋ, n×inputs; null if zero
   * @return ẏ, n×outputs, owned by the layer; null if zero
   */
  @Nullable Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent);

  /**
   * Tangent of {@link #backward} in the direction of the last {@link #tangent}.
   *
   * @param outputAdjointTangent n×outputs, tangent of ∂L/∂y; may be overwritten
   * @param gradientTangent this layer's part is overwritten
   * @param inputAdjointTangent n×inputs, overwritten by the tangent of ∂L/∂x; null if nobody needs
   *     it
   */
  void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent);

  /**
   * f(w, x) for other examples, with the weights and the batch statistics of the last {@link
   * #forward}, which has to be repeated before other passes.
   *
   * @param input up to n rows by inputs
   * @param output as many rows by outputs, overwritten
   */
  void apply(Tensor input, Tensor output);
}
