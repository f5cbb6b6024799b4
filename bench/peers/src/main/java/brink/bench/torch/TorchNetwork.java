package brink.bench.torch;

import brink.trainer.network.LayerSpec;
import brink.trainer.network.NetworkSpec;
import brink.trainer.network.Shape;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network on libtorch as a function of its weights, after the engine's own specification. Images
 * are channels first, as libtorch has them; the engine's are channels last.
 */
public final class TorchNetwork {
  private final NetworkSpec spec;
  private final Shape input;
  private final List<TorchWeight> weights = new ArrayList<>();
  private final Tensor last;

  /**
   * @param input shape of an example
   * @param frozen weights of the last layer, classes×(features of the last trained layer),
   *     row-major
   */
  public TorchNetwork(NetworkSpec spec, Shape input, double[] frozen, torch.ScalarType type) {
    this.spec = spec;
    this.input = input;
    int features = collect(spec.layers(), input).features();
    last = Torch.tensor(frozen, type, frozen.length / features, features);
  }

  private Shape collect(List<LayerSpec> layers, Shape shape) {
    Shape current = shape;
    for (LayerSpec layer : layers) {
      collect(layer, current);
      current = layer.output(current);
    }
    return current;
  }

  private void collect(LayerSpec layer, Shape shape) {
    switch (layer) {
      case LayerSpec.Dense dense ->
          weights.add(TorchWeight.matrix(dense.units(), shape.features()));
      case LayerSpec.Convolution convolution ->
          weights.add(
              TorchWeight.filter(convolution.filters(), convolution.kernel(), shape.channels()));
      case LayerSpec.Channelwise _ -> weights.add(TorchWeight.matrix(1, shape.channels()));
      case LayerSpec.Residual residual -> {
        collect(residual.body(), shape);
        collect(residual.shortcut(), shape);
      }
      case LayerSpec.Normalize _,
          LayerSpec.Pooled _,
          LayerSpec.Activate _,
          LayerSpec.Subsample _ -> {}
    }
  }

  /** Shapes of the weights, in the order in which the engine's flat vector holds them. */
  List<TorchWeight> weights() {
    return weights;
  }

  /**
   * A batch as libtorch wants it.
   *
   * @param values n×features, as the engine has it
   */
  Tensor batch(double[] values, int examples, torch.ScalarType type) {
    if (input.positions() == 1) {
      return Torch.tensor(values, type, examples, input.channels());
    }
    return Torch.tensor(values, type, examples, input.height(), input.width(), input.channels())
        .permute(0, 3, 1, 2)
        .contiguous();
  }

  /**
   * The logits of a batch.
   *
   * @param trained as many as {@link #weights}
   * @return n×classes
   */
  Tensor logits(Tensor batch, List<Tensor> trained) {
    Tensor features = new TorchLayers(trained.iterator()).apply(spec.layers(), batch);
    return torch.linear(TorchLayers.vector(features), last);
  }
}
