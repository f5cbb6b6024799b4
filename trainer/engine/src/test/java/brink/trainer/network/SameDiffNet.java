package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.network.Normalizer.BatchNormalization;
import brink.trainer.network.Normalizer.GroupNormalization;
import brink.trainer.network.Normalizer.LayerNormalization;
import brink.trainer.network.Normalizer.NoNormalization;
import brink.trainer.network.Normalizer.WeightNormalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The same network as a {@link TinyNet} in SameDiff, which differentiates it once. For second
 * derivatives, the directional derivative ⟨∇L, v⟩ is built as a forward graph, of which the
 * gradient is ∇²L·v. Between layers an example is a row.
 */
final class SameDiffNet {
  private final SameDiff graph = SameDiff.create();
  private final TinyNet net;
  private final double[] v;
  private final List<String> names = new ArrayList<>();
  private final Dual loss;
  private int used;

  SameDiffNet(TinyNet net, double[] v) {
    this.net = net;
    this.v = v;
    Dual y =
        chain(
            net.spec.layers(), net.input, constant(net.inputs, net.examples, net.input.features()));
    Dual logits = y.product(constant(net.frozen(), TinyNet.OUTPUTS, net.lastWidth()));
    loss = loss(logits, constant(net.targets, net.examples, TinyNet.OUTPUTS));
  }

  private Dual chain(List<LayerSpec> layers, Shape input, Dual x) {
    Dual y = x;
    Shape shape = input;
    for (LayerSpec layer : layers) {
      y = layer(layer, shape, y);
      shape = layer.output(shape);
    }
    return y;
  }

  private Dual layer(LayerSpec layer, Shape in, Dual x) {
    Shape out = layer.output(in);
    return switch (layer) {
      case LayerSpec.Trained trained -> {
        Dual weights = weights(trained, in);
        Dual z =
            trained instanceof LayerSpec.Convolution convolution
                ? x.convolved(weights, convolution, in, out)
                : x.product(weights);
        yield activate(normalize(z, trained.normalizer(), out), trained.activation());
      }
      case LayerSpec.Scale scale ->
          byPosition(x, in).times(weights(scale, in)).reshape(net.examples, out.features());
      case LayerSpec.Shift shift ->
          byPosition(x, in).plus(weights(shift, in)).reshape(net.examples, out.features());
      case LayerSpec.Normalize(var _, Normalizer normalizer, Activation activation) ->
          activate(normalize(x, normalizer, out), activation);
      case LayerSpec.Pool pool ->
          pool(x, pool.kind(), in, out, pool.window(), pool.window(), pool.stride());
      case LayerSpec.GlobalPool pool -> pool(x, pool.kind(), in, out, in.height(), in.width(), 1);
      case LayerSpec.Activate activate -> activate(x, activate.activation());
      case LayerSpec.Residual residual ->
          chain(residual.body(), in, x).plus(chain(residual.shortcut(), in, x));
      case LayerSpec.Subsample subsample -> {
        Dual pixels =
            pool(x, LayerSpec.PoolKind.AVERAGE, in, in(out, in), 1, 1, subsample.stride());
        Dual images = pixels.reshape(net.examples * out.positions(), in.channels());
        double[] identity = new double[out.channels() * in.channels()];
        for (int c = 0; c < in.channels(); c++) {
          identity[c * in.channels() + c] = 1;
        }
        yield images
            .product(constant(identity, out.channels(), in.channels()))
            .reshape(net.examples, out.features());
      }
    };
  }

  /** The output's pixels with the input's channels. */
  private static Shape in(Shape out, Shape in) {
    return new Shape(out.height(), out.width(), in.channels());
  }

  private Dual pool(
      Dual x, LayerSpec.PoolKind kind, Shape in, Shape out, int height, int width, int stride) {
    int[] places = new int[out.features() * height * width];
    for (int i = 0; i < places.length; i++) {
      int target = i / (height * width);
      int position = target / out.channels();
      int row = position / out.width() * stride + i % (height * width) / width;
      int column = position % out.width() * stride + i % width;
      places[i] = (row * in.width() + column) * in.channels() + target % out.channels();
    }
    Dual windows =
        x.gathered(in.features(), places).reshape(net.examples, out.features(), height * width);
    return switch (kind) {
      case MAX -> windows.largest();
      case AVERAGE -> windows.mean(2).reshape(net.examples, out.features());
    };
  }

  double loss() {
    return loss.value.eval().getDouble();
  }

  double[] gradient() {
    return gradientOf(loss.value);
  }

  double[] hessianVectorProduct() {
    return gradientOf(loss.tangent);
  }

  private double[] gradientOf(SDVariable scalar) {
    graph.setLossVariables(scalar);
    Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), names);
    return names.stream()
        .map(gradients::get)
        .flatMapToDouble(block -> Arrays.stream(block.dup('c').data().asDouble()))
        .toArray();
  }

  private Dual byPosition(Dual x, Shape shape) {
    return x.reshape(net.examples * shape.positions(), shape.channels());
  }

  private Dual weights(LayerSpec.Weighted layer, Shape in) {
    int rows = layer.weightRows();
    int columns = layer.weightColumns(in);
    names.add(layer.name());
    Dual weights =
        new Dual(
            graph.var(layer.name(), matrix(net.weights, used, rows, columns)),
            graph.constant(matrix(v, used, rows, columns)));
    used += rows * columns;
    return layer instanceof LayerSpec.Trained trained
            && trained.normalizer() instanceof WeightNormalization
        ? weights.over(weights.times(weights).mean(1).times(columns).sqrt())
        : weights;
  }

  private Dual constant(double[] values, int rows, int columns) {
    return new Dual(
        graph.constant(matrix(values, 0, rows, columns)),
        graph.constant(Nd4j.zeros(DataType.DOUBLE, rows, columns)));
  }

  private static INDArray matrix(double[] values, int start, int rows, int columns) {
    double[] block = Arrays.copyOfRange(values, start, start + rows * columns);
    return Nd4j.createFromArray(block).reshape('c', rows, columns);
  }

  private Dual normalize(Dual z, Normalizer normalizer, Shape out) {
    return switch (normalizer) {
      case BatchNormalization(double epsilon) ->
          normalize(z.reshape(net.examples * out.positions(), out.channels()), epsilon, 0)
              .reshape(net.examples, out.features());
      case LayerNormalization(double epsilon) -> normalize(z, epsilon, 1);
      case GroupNormalization(int groups, double epsilon) ->
          normalize(
                  z.reshape(net.examples, out.positions(), groups, out.channels() / groups),
                  epsilon,
                  1,
                  3)
              .reshape(net.examples, out.features());
      case WeightNormalization _, NoNormalization _ -> z;
    };
  }

  private static Dual normalize(Dual z, double epsilon, int... dimensions) {
    Dual centered = z.minus(z.mean(dimensions));
    return centered.over(centered.times(centered).mean(dimensions).plus(epsilon).sqrt());
  }

  private Dual activate(Dual x, Activation activation) {
    return switch (activation) {
      case IDENTITY -> x;
      case TANH -> x.tanh();
      case RELU -> {
        SDVariable slope = x.value.gt(0).castTo(DataType.DOUBLE);
        yield new Dual(graph.nn().relu(x.value, 0), slope.mul(x.tangent));
      }
      case GELU -> {
        Dual inner = x.plus(x.times(x).times(x).times(0.044715)).times(Math.sqrt(2 / Math.PI));
        yield x.times(inner.tanh().plus(1)).times(0.5);
      }
      case SOFTPLUS -> {
        SDVariable slope = graph.nn().sigmoid(x.value);
        yield new Dual(graph.nn().softplus(x.value), slope.mul(x.tangent));
      }
    };
  }

  private Dual loss(Dual logits, Dual targets) {
    if (net.spec.loss() == Loss.MEAN_SQUARED_ERROR) {
      Dual error = logits.minus(targets);
      return error.times(error).rowSum().meanOfAll().times(0.5);
    }
    SDVariable exponential = graph.math().exp(logits.value);
    Dual normalizer = new Dual(exponential, exponential.mul(logits.tangent)).rowSum();
    Dual logNormalizer =
        new Dual(graph.math().log(normalizer.value), normalizer.tangent.div(normalizer.value));
    return logNormalizer.minus(targets.times(logits).rowSum()).meanOfAll();
  }

  /** A variable and its derivative in the direction v, both as forward graphs. */
  private final class Dual {
    private final SDVariable value;
    private final SDVariable tangent;

    Dual(SDVariable value, SDVariable tangent) {
      this.value = value;
      this.tangent = tangent;
    }

    Dual product(Dual weights) {
      SDVariable w = weights.value.permute(1, 0);
      SDVariable wTangent = weights.tangent.permute(1, 0);
      return new Dual(value.mmul(w), tangent.mmul(w).add(value.mmul(wTangent)));
    }

    Dual convolved(Dual weights, LayerSpec.Convolution layer, Shape in, Shape out) {
      SDVariable w = filters(weights.value, layer, in);
      SDVariable wTangent = filters(weights.tangent, layer, in);
      SDVariable x = images(value, in);
      Conv2DConfig config =
          Conv2DConfig.builder()
              .kH(layer.kernel())
              .kW(layer.kernel())
              .sH(layer.stride())
              .sW(layer.stride())
              .pH(layer.padding())
              .pW(layer.padding())
              .dataFormat("NHWC")
              .build();
      SDVariable z = graph.cnn().conv2d(x, w, config);
      SDVariable zTangent =
          graph
              .cnn()
              .conv2d(images(tangent, in), w, config)
              .add(graph.cnn().conv2d(x, wTangent, config));
      return new Dual(z, zTangent).reshape(net.examples, out.features());
    }

    /** Height, width, input channels, output channels: the order that SameDiff takes. */
    private SDVariable filters(SDVariable w, LayerSpec.Convolution layer, Shape in) {
      return w.reshape(layer.filters(), layer.kernel(), layer.kernel(), in.channels())
          .permute(1, 2, 3, 0);
    }

    private SDVariable images(SDVariable x, Shape in) {
      return x.reshape(net.examples, in.height(), in.width(), in.channels());
    }

    Dual reshape(int... shape) {
      return new Dual(value.reshape(shape), tangent.reshape(shape));
    }

    /** By a product with zeros and ones: SameDiff's own gather has no gradient that works. */
    Dual gathered(int features, int[] columns) {
      double[] selection = new double[features * columns.length];
      for (int i = 0; i < columns.length; i++) {
        selection[columns[i] * columns.length + i] = 1;
      }
      SDVariable chosen = graph.constant(matrix(selection, 0, features, columns.length));
      return new Dual(value.mmul(chosen), tangent.mmul(chosen));
    }

    /** Of the last of three dimensions; its tangent is that of the entry that is largest. */
    Dual largest() {
      SDVariable chosen = value.eq(value.max(true, 2)).castTo(DataType.DOUBLE);
      return new Dual(value.max(2), chosen.mul(tangent).sum(2));
    }

    Dual tanh() {
      SDVariable y = graph.math().tanh(value);
      return new Dual(y, y.mul(y).rsub(1.0).mul(tangent));
    }

    Dual plus(Dual b) {
      return new Dual(value.add(b.value), tangent.add(b.tangent));
    }

    Dual plus(double b) {
      return new Dual(value.add(b), tangent);
    }

    Dual minus(Dual b) {
      return new Dual(value.sub(b.value), tangent.sub(b.tangent));
    }

    Dual times(double b) {
      return new Dual(value.mul(b), tangent.mul(b));
    }

    Dual times(Dual b) {
      return new Dual(value.mul(b.value), tangent.mul(b.value).add(value.mul(b.tangent)));
    }

    Dual over(Dual b) {
      SDVariable quotient = value.div(b.value);
      return new Dual(quotient, tangent.sub(quotient.mul(b.tangent)).div(b.value));
    }

    Dual sqrt() {
      SDVariable root = graph.math().sqrt(value);
      return new Dual(root, tangent.div(root.mul(2)));
    }

    /** Keeps the dimensions, with length 1. */
    Dual mean(int... dimensions) {
      return new Dual(value.mean(true, dimensions), tangent.mean(true, dimensions));
    }

    Dual rowSum() {
      return new Dual(value.sum(1), tangent.sum(1));
    }

    Dual meanOfAll() {
      return new Dual(value.mean(), tangent.mean());
    }
  }
}
