package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.HyperDual;
import brink.trainer.kernels.Normalization.Statistics;
import brink.trainer.kernels.Reference;
import brink.trainer.network.Normalizer.BatchNormalization;
import brink.trainer.network.Normalizer.GroupNormalization;
import brink.trainer.network.Normalizer.LayerNormalization;
import brink.trainer.network.Normalizer.NoNormalization;
import brink.trainer.network.Normalizer.WeightNormalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;

/** The definitions of all layers, as plain loops over hyper-dual numbers; an example is a row. */
final class ReferenceNet {
  private final Iterator<HyperDual> weights;

  /** A network with these weights, in the order of its layers. */
  ReferenceNet(List<HyperDual> weights) {
    this.weights = weights.iterator();
  }

  HyperDual[][] apply(List<LayerSpec> layers, Shape input, HyperDual[][] x) {
    HyperDual[][] y = x;
    Shape shape = input;
    for (LayerSpec layer : layers) {
      y = apply(layer, shape, y);
      shape = layer.output(shape);
    }
    return y;
  }

  private HyperDual[][] apply(LayerSpec layer, Shape in, HyperDual[][] x) {
    Shape out = layer.output(in);
    return switch (layer) {
      case LayerSpec.Dense dense ->
          respond(
              dense,
              out,
              convolve(x, new Shape(1, 1, in.features()), out, take(dense, in), 1, 1, 0));
      case LayerSpec.Convolution c ->
          respond(c, out, convolve(x, in, out, take(c, in), c.kernel(), c.stride(), c.padding()));
      case LayerSpec.Pool pool ->
          pool(x, in, out, pool.kind(), pool.window(), pool.window(), pool.stride());
      case LayerSpec.GlobalPool pool -> pool(x, in, out, pool.kind(), in.height(), in.width(), 1);
      case LayerSpec.Activate activate -> activate(x, activate.activation());
      case LayerSpec.Scale scale -> channelwise(x, take(scale, in)[0], HyperDual::times);
      case LayerSpec.Shift shift -> channelwise(x, take(shift, in)[0], HyperDual::plus);
      case LayerSpec.Normalize(var _, Normalizer normalizer, Activation activation) ->
          respond(normalizer, activation, out, x);
      case LayerSpec.Residual residual -> {
        HyperDual[][] body = apply(residual.body(), in, x);
        HyperDual[][] shortcut = apply(residual.shortcut(), in, x);
        yield sum(body, shortcut);
      }
      case LayerSpec.Subsample subsample -> subsample(x, in, out, subsample.stride());
    };
  }

  private interface RowMap {
    HyperDual[] of(HyperDual[] row);
  }

  private static HyperDual[][] map(HyperDual[][] x, RowMap map) {
    return Arrays.stream(x).map(map::of).toArray(HyperDual[][]::new);
  }

  /** Weights as rows of units, normalized if the layer normalizes them. */
  private HyperDual[][] take(LayerSpec.Weighted layer, Shape in) {
    HyperDual[][] rows = new HyperDual[layer.weightRows()][layer.weightColumns(in)];
    for (HyperDual[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = weights.next();
      }
    }
    boolean normalized =
        layer instanceof LayerSpec.Trained trained
            && trained.normalizer() instanceof WeightNormalization;
    return normalized ? map(rows, ReferenceNet::unit) : rows;
  }

  private static HyperDual[] unit(HyperDual[] row) {
    HyperDual squares = HyperDual.constant(0);
    for (HyperDual value : row) {
      squares = squares.plus(value.times(value));
    }
    HyperDual norm = squares.sqrt();
    return Arrays.stream(row).map(value -> value.over(norm)).toArray(HyperDual[]::new);
  }

  private static HyperDual[][] convolve(
      HyperDual[][] x, Shape in, Shape out, HyperDual[][] w, int kernel, int stride, int padding) {
    return map(
        x,
        image -> {
          HyperDual[] y = new HyperDual[out.features()];
          for (int i = 0; i < y.length; i++) {
            int position = i / out.channels();
            int top = position / out.width() * stride - padding;
            int left = position % out.width() * stride - padding;
            y[i] = correlate(image, in, w[i % out.channels()], kernel, top, left);
          }
          return y;
        });
  }

  private static HyperDual correlate(
      HyperDual[] image, Shape in, HyperDual[] filter, int kernel, int top, int left) {
    HyperDual sum = HyperDual.constant(0);
    for (int j = 0; j < filter.length; j++) {
      int row = top + j / in.channels() / kernel;
      int column = left + j / in.channels() % kernel;
      if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
        sum =
            sum.plus(
                filter[j].times(
                    image[(row * in.width() + column) * in.channels() + j % in.channels()]));
      }
    }
    return sum;
  }

  private static HyperDual[][] channelwise(
      HyperDual[][] x, HyperDual[] channels, BinaryOperator<HyperDual> operator) {
    return map(
        x,
        row -> {
          HyperDual[] y = new HyperDual[row.length];
          for (int i = 0; i < y.length; i++) {
            y[i] = operator.apply(row[i], channels[i % channels.length]);
          }
          return y;
        });
  }

  private static HyperDual[][] respond(LayerSpec.Trained layer, Shape out, HyperDual[][] z) {
    return respond(layer.normalizer(), layer.activation(), out, z);
  }

  private static HyperDual[][] respond(
      Normalizer normalizer, Activation activation, Shape out, HyperDual[][] z) {
    return switch (normalizer) {
      case BatchNormalization(double epsilon) ->
          normalize(z, out, new Statistics.Batch(), epsilon, activation);
      case LayerNormalization(double epsilon) ->
          normalize(z, out, new Statistics.Group(out.positions(), 1), epsilon, activation);
      case GroupNormalization(int groups, double epsilon) ->
          normalize(z, out, new Statistics.Group(out.positions(), groups), epsilon, activation);
      case WeightNormalization _, NoNormalization _ -> activate(z, activation);
    };
  }

  private static HyperDual[][] activate(HyperDual[][] x, Activation activation) {
    return map(
        x, row -> Arrays.stream(row).map(v -> v.activate(activation)).toArray(HyperDual[]::new));
  }

  private static HyperDual[][] normalize(
      HyperDual[][] z, Shape shape, Statistics statistics, double epsilon, Activation activation) {
    HyperDual[][] positions = reshape(z, z.length * shape.positions(), shape.channels());
    HyperDual[][] y = Reference.normalize(positions, statistics, epsilon, activation);
    return reshape(y, z.length, shape.features());
  }

  private static HyperDual[][] reshape(HyperDual[][] x, int rows, int columns) {
    HyperDual[][] y = new HyperDual[rows][columns];
    for (int i = 0; i < rows * columns; i++) {
      y[i / columns][i % columns] = x[i / x[0].length][i % x[0].length];
    }
    return y;
  }

  private static HyperDual[][] pool(
      HyperDual[][] x,
      Shape in,
      Shape out,
      LayerSpec.PoolKind kind,
      int height,
      int width,
      int stride) {
    return map(
        x,
        image -> {
          HyperDual[] y = new HyperDual[out.features()];
          for (int i = 0; i < y.length; i++) {
            List<HyperDual> window = new ArrayList<>();
            int position = i / out.channels();
            for (int p = 0; p < height * width; p++) {
              int row = position / out.width() * stride + p / width;
              int column = position % out.width() * stride + p % width;
              window.add(image[(row * in.width() + column) * in.channels() + i % out.channels()]);
            }
            y[i] = reduce(window, kind);
          }
          return y;
        });
  }

  private static HyperDual reduce(List<HyperDual> window, LayerSpec.PoolKind kind) {
    HyperDual result = window.getFirst();
    for (HyperDual value : window.subList(1, window.size())) {
      result =
          switch (kind) {
            case MAX -> value.value() > result.value() ? value : result;
            case AVERAGE -> result.plus(value);
          };
    }
    return kind == LayerSpec.PoolKind.MAX ? result : result.times(1.0 / window.size());
  }

  private static HyperDual[][] subsample(HyperDual[][] x, Shape in, Shape out, int stride) {
    return map(
        x,
        image -> {
          HyperDual[] y = new HyperDual[out.features()];
          Arrays.fill(y, HyperDual.constant(0));
          for (int row = 0; row < out.height(); row++) {
            for (int column = 0; column < out.width(); column++) {
              int from = (row * stride * in.width() + column * stride) * in.channels();
              int to = (row * out.width() + column) * out.channels();
              System.arraycopy(image, from, y, to, in.channels());
            }
          }
          return y;
        });
  }

  private static HyperDual[][] sum(HyperDual[][] a, HyperDual[][] b) {
    HyperDual[][] sum = new HyperDual[a.length][a[0].length];
    for (int i = 0; i < sum.length; i++) {
      for (int j = 0; j < sum[i].length; j++) {
        sum[i][j] = a[i][j].plus(b[i][j]);
      }
    }
    return sum;
  }
}
