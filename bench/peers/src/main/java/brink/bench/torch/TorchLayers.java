package brink.bench.torch;

import brink.trainer.kernels.Activation;
import brink.trainer.network.LayerSpec;
import brink.trainer.network.LayerSpec.PoolKind;
import brink.trainer.network.Normalizer;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The engine's layers in libtorch's functions. */
final class TorchLayers {
  private final Iterator<Tensor> weights;

  /**
   * @param weights in the order of the layers, a residual layer's body before its shortcut
   */
  TorchLayers(Iterator<Tensor> weights) {
    this.weights = weights;
  }

  Tensor apply(List<LayerSpec> layers, Tensor input) {
    Tensor x = input;
    for (LayerSpec layer : layers) {
      x = apply(layer, x);
    }
    return x;
  }

  private Tensor apply(LayerSpec layer, Tensor x) {
    return switch (layer) {
      case LayerSpec.Dense dense -> respond(dense, torch.linear(vector(x), weights.next()));
      case LayerSpec.Convolution convolution ->
          respond(
              convolution,
              Torch.convolution(x, weights.next(), convolution.stride(), convolution.padding()));
      case LayerSpec.Pool pool -> pool(pool, x);
      case LayerSpec.GlobalPool(var _, PoolKind kind) ->
          switch (kind) {
            case MAX -> torch.amax(x, new long[] {2, 3}, true);
            case AVERAGE -> torch.adaptive_avg_pool2d(x, 1, 1);
          };
      case LayerSpec.Activate(var _, Activation activation) -> activate(activation, x);
      case LayerSpec.Scale _ -> x.mul(channels(weights.next(), x));
      case LayerSpec.Shift _ -> x.add(channels(weights.next(), x));
      case LayerSpec.Normalize(var _, Normalizer normalizer, Activation activation) ->
          respond(normalizer, activation, x);
      case LayerSpec.Residual residual -> {
        Tensor body = apply(residual.body(), x);
        yield body.add(apply(residual.shortcut(), x));
      }
      case LayerSpec.Subsample(var _, int stride, int channels) -> subsample(x, stride, channels);
    };
  }

  /** A number for each channel, shaped so that it applies to all positions of images. */
  private static Tensor channels(Tensor numbers, Tensor x) {
    return x.dim() == 2 ? numbers : numbers.reshape(1, -1, 1, 1);
  }

  private static Tensor respond(LayerSpec.Trained layer, Tensor z) {
    return respond(layer.normalizer(), layer.activation(), z);
  }

  private static Tensor respond(Normalizer normalizer, Activation activation, Tensor z) {
    return activate(
        activation,
        switch (normalizer) {
          case Normalizer.BatchNormalization(double epsilon) -> Torch.batchNorm(z, epsilon);
          case Normalizer.NoNormalization _ -> z;
          case Normalizer.LayerNormalization _,
              Normalizer.GroupNormalization _,
              Normalizer.WeightNormalization _ ->
              throw new IllegalArgumentException("no peer for " + normalizer);
        });
  }

  private static Tensor activate(Activation activation, Tensor x) {
    return switch (activation) {
      case IDENTITY -> x;
      case TANH -> torch.tanh(x);
      case RELU -> torch.relu(x);
      case GELU -> torch.gelu(x, "tanh");
      case SOFTPLUS -> torch.softplus(x);
    };
  }

  private static Tensor pool(LayerSpec.Pool pool, Tensor x) {
    long[] window = {pool.window(), pool.window()};
    long[] stride = {pool.stride(), pool.stride()};
    return switch (pool.kind()) {
      case MAX -> torch.max_pool2d(x, window, stride, new long[] {0, 0}, new long[] {1, 1}, false);
      case AVERAGE ->
          torch.avg_pool2d(x, window, stride, new long[] {0, 0}, false, true, new LongOptional());
    };
  }

  /** {@code F.pad(x[:, :, ::s, ::s], …)}: every s-th pixel, with channels of zeros added. */
  private static Tensor subsample(Tensor x, int stride, int channels) {
    Tensor pixels = x;
    for (int axis = 2; axis < 4; axis++) {
      pixels = pixels.slice(axis, new LongOptional(0), new LongOptional(pixels.size(axis)), stride);
    }
    return torch.constant_pad_nd(
        pixels, new long[] {0, 0, 0, 0, 0, channels - x.size(1)}, new Scalar(0));
  }

  /** Features in the engine's order, channels last. */
  static Tensor vector(Tensor x) {
    return x.dim() == 2 ? x : x.permute(0, 2, 3, 1).reshape(x.size(0), -1);
  }
}
