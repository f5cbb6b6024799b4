package brink.trainer.network;

import brink.trainer.kernels.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers one after the other, which are a layer again. */
final class Chain implements Layer {
  private final List<Layer> layers;
  private final PassScratch scratch;
  private final int firstSlot;

  /**
   * A chain that uses {@link PassScratch#SLOTS_OF_CHAIN} slots.
   *
   * @param layers at least one, each with as many inputs as the one before has outputs
   */
  Chain(List<Layer> layers, PassScratch scratch, int firstSlot) {
    this.layers = List.copyOf(layers);
    this.scratch = scratch;
    this.firstSlot = firstSlot;
  }

  @Override
  public int inputs() {
    return layers.getFirst().inputs();
  }

  @Override
  public int outputs() {
    return layers.getLast().outputs();
  }

  @Override
  public Tensor forward(Tensor weights, Tensor input) {
    Tensor output = input;
    for (Layer layer : layers) {
      output = layer.forward(weights, output);
    }
    return output;
  }

  @Override
  public Tensor outputAdjoint() {
    return layers.getLast().outputAdjoint();
  }

  @Override
  public void backward(Tensor gradient, @Nullable Tensor inputAdjoint) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      layers.get(i).backward(gradient, i == 0 ? inputAdjoint : layers.get(i - 1).outputAdjoint());
    }
  }

  @Override
  public @Nullable Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent) {
    @Nullable Tensor output = inputTangent;
    for (Layer layer : layers) {
      output = layer.tangent(weightsTangent, output);
    }
    return output;
  }

  @Override
  public void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent) {
    Tensor from = outputAdjointTangent;
    for (int i = layers.size() - 1; i > 0; i--) {
      Layer layer = layers.get(i);
      Tensor to = between(i, from.rows(), layer.inputs());
      layer.backwardTangent(from, gradientTangent, to);
      from = to;
    }
    layers.getFirst().backwardTangent(from, gradientTangent, inputAdjointTangent);
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    Tensor from = input;
    for (int i = 1; i < layers.size(); i++) {
      Layer layer = layers.get(i - 1);
      Tensor to = between(i, input.rows(), layer.outputs());
      layer.apply(from, to);
      from = to;
    }
    layers.getLast().apply(from, output);
  }

  /** A place for the argument of {@link #backwardTangent} that its layers do not use. */
  Tensor outputScratch(int rows) {
    return between(layers.size(), rows, outputs());
  }

  /** What passes between two layers; adjacent ones use different slots. */
  private Tensor between(int layer, int rows, int columns) {
    return scratch.window(firstSlot + layer % PassScratch.SLOTS_OF_CHAIN, rows, columns);
  }
}
