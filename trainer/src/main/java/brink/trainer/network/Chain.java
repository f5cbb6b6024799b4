package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers one after the other, for one batch of inputs, which have no tangent. */
final class Chain {
  private final List<Layer> layers;
  private final Tensor input;
  private final Tensor scratch;
  private final Tensor otherScratch;

  Chain(Kernels kernels, List<? extends Layer> layers, Tensor input) {
    this.layers = List.copyOf(layers);
    this.input = input;
    requireMatchingWidths();
    scratch = kernels.allocate(input.rows(), widest());
    otherScratch = kernels.allocate(input.rows(), widest());
  }

  private void requireMatchingWidths() {
    int width = input.columns();
    for (Layer layer : layers) {
      if (layer.inputs() != width) {
        throw new IllegalArgumentException(
            "a layer of " + layer.inputs() + " inputs follows " + width + " outputs");
      }
      width = layer.outputs();
    }
  }

  /** The largest number of outputs of any layer. */
  int widest() {
    return layers.stream().mapToInt(Layer::outputs).max().orElseThrow();
  }

  /** Output of the last layer at the weights. */
  Tensor forward(Tensor weights) {
    Tensor output = input;
    for (Layer layer : layers) {
      output = layer.forward(weights, output);
    }
    return output;
  }

  /** Where ∂L/∂output belongs before {@link #backward}. */
  Tensor outputAdjoint() {
    return layers.getLast().outputAdjoint();
  }

  /** gradient ← ∂L/∂w. */
  void backward(Tensor weights, Tensor gradient) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      Tensor inputAdjoint = i == 0 ? null : layers.get(i - 1).outputAdjoint();
      layers.get(i).backward(weights, gradient, inputAdjoint);
    }
  }

  /** Tangent of {@link #forward} in the direction v. */
  Tensor tangent(Tensor weights, Tensor v) {
    Tensor first = layers.getFirst().tangent(weights, v, null);
    Tensor output = first;
    for (Layer layer : layers.subList(1, layers.size())) {
      output = layer.tangent(weights, v, output);
    }
    return output;
  }

  /** Where the tangent of ∂L/∂output belongs before {@link #backwardTangent}. */
  Tensor outputAdjointTangent() {
    return window(scratch, layers.getLast().outputs());
  }

  /** result ← tangent of {@link #backward} in the direction v. */
  void backwardTangent(Tensor weights, Tensor v, Tensor result) {
    Tensor from = scratch;
    Tensor to = otherScratch;
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      @Nullable Tensor inputAdjointTangent = i == 0 ? null : window(to, layer.inputs());
      layer.backwardTangent(weights, v, window(from, layer.outputs()), result, inputAdjointTangent);
      Tensor swapped = from;
      from = to;
      to = swapped;
    }
  }

  /**
   * Outputs for other inputs, with the batch statistics of the last {@link #forward}.
   *
   * @param scratch two tensors of as many rows by {@link #widest} columns
   * @return a window of one of them
   */
  Tensor apply(Tensor weights, Tensor inputs, List<Tensor> scratch) {
    Tensor output = inputs;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Tensor next = scratch.get(i % 2).view(0, inputs.rows(), layer.outputs());
      layer.apply(weights, output, next);
      output = next;
    }
    return output;
  }

  private Tensor window(Tensor tensor, int columns) {
    return tensor.view(0, input.rows(), columns);
  }
}
