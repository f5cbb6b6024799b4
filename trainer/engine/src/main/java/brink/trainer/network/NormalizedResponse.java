package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Tensor;

/**
 * Normalization and activation, y = φ((z − mean)/σ). The rows of the normalization are positions of
 * images, those of the layer are examples: the same numbers, seen as another matrix.
 */
final class NormalizedResponse implements Response {
  private final Kernels kernels;
  private final Normalization state;
  private final Tensor normalized;
  private final Tensor output;
  private final Tensor outputAdjoint;
  private final Tensor inputAdjoint;
  private final Tensor normalizedTangent;
  private final Tensor outputTangent;

  /**
   * A response of a batch.
   *
   * @param state of (n·positions)×channels
   * @param examples n
   */
  NormalizedResponse(Kernels kernels, Normalization state, int examples) {
    this.kernels = kernels;
    this.state = state;
    normalized = rows(state.normalized(), examples);
    output = rows(state.output(), examples);
    outputAdjoint = rows(state.outputAdjoint(), examples);
    inputAdjoint = rows(state.inputAdjoint(), examples);
    normalizedTangent = rows(state.normalizedTangent(), examples);
    outputTangent = rows(state.outputTangent(), examples);
  }

  private static Tensor rows(Tensor tensor, int rows) {
    return tensor.view(0, rows, Math.toIntExact(tensor.length() / rows));
  }

  private Tensor channels(Tensor tensor) {
    int channels = state.normalized().columns();
    return tensor.view(0, Math.toIntExact(tensor.length() / channels), channels);
  }

  @Override
  public Tensor preactivation() {
    return normalized;
  }

  @Override
  public void forward() {
    kernels.normalize(state.normalized(), state);
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
    kernels.normalizeBackward(state);
  }

  @Override
  public Tensor preactivationAdjoint() {
    return inputAdjoint;
  }

  @Override
  public Tensor preactivationTangent() {
    return normalizedTangent;
  }

  @Override
  public void tangent() {
    kernels.normalizeTangent(state.normalizedTangent(), state);
  }

  @Override
  public Tensor outputTangent() {
    return outputTangent;
  }

  @Override
  public void backwardTangent(Tensor adjointTangent) {
    Tensor inPlace = channels(adjointTangent);
    kernels.normalizeBackwardTangent(inPlace, state, inPlace);
  }

  @Override
  public void apply(Tensor z) {
    Tensor inPlace = channels(z);
    kernels.applyNormalization(inPlace, state, inPlace);
  }
}
