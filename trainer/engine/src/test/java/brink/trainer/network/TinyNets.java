package brink.trainer.network;

import static brink.trainer.kernels.Activation.GELU;
import static brink.trainer.kernels.Activation.IDENTITY;
import static brink.trainer.kernels.Activation.RELU;
import static brink.trainer.kernels.Activation.SOFTPLUS;
import static brink.trainer.kernels.Activation.TANH;
import static brink.trainer.kernels.Loss.MEAN_SQUARED_ERROR;
import static brink.trainer.kernels.Loss.SOFTMAX_CROSS_ENTROPY;

import brink.trainer.kernels.Activation;
import brink.trainer.network.LayerSpec.Activate;
import brink.trainer.network.LayerSpec.Convolution;
import brink.trainer.network.LayerSpec.Dense;
import brink.trainer.network.LayerSpec.GlobalPool;
import brink.trainer.network.LayerSpec.Normalize;
import brink.trainer.network.LayerSpec.Pool;
import brink.trainer.network.LayerSpec.PoolKind;
import brink.trainer.network.LayerSpec.Residual;
import brink.trainer.network.LayerSpec.Scale;
import brink.trainer.network.LayerSpec.Shift;
import brink.trainer.network.LayerSpec.Subsample;
import brink.trainer.network.Normalizer.BatchNormalization;
import brink.trainer.network.Normalizer.GroupNormalization;
import brink.trainer.network.Normalizer.LayerNormalization;
import brink.trainer.network.Normalizer.NoNormalization;
import brink.trainer.network.Normalizer.WeightNormalization;
import java.util.List;
import java.util.stream.Stream;

/** One table of networks for all oracles: every kind of layer, normalization and activation. */
final class TinyNets {
  private static final Normalizer BATCH = new BatchNormalization(0);
  private static final Shape IMAGE = new Shape(4, 5, 2);

  private TinyNets() {}

  static Stream<TinyNet> all() {
    return Stream.concat(dense(), images());
  }

  static Stream<TinyNet> dense() {
    return Stream.of(
        TinyNet.of(TANH, SOFTMAX_CROSS_ENTROPY),
        TinyNet.of(TANH, MEAN_SQUARED_ERROR),
        TinyNet.of(RELU, SOFTMAX_CROSS_ENTROPY),
        TinyNet.of(RELU, MEAN_SQUARED_ERROR),
        TinyNet.of(IDENTITY, MEAN_SQUARED_ERROR),
        TinyNet.of(GELU, SOFTMAX_CROSS_ENTROPY),
        TinyNet.of(SOFTPLUS, SOFTMAX_CROSS_ENTROPY),
        TinyNet.mlp(List.of(4, 3, 2), BATCH, TANH, SOFTMAX_CROSS_ENTROPY, 9),
        TinyNet.mlp(List.of(1), BATCH, TANH, MEAN_SQUARED_ERROR, 3),
        TinyNet.mlp(List.of(3, 3), new BatchNormalization(0.1), TANH, SOFTMAX_CROSS_ENTROPY, 4),
        TinyNet.mlp(List.of(4, 5), new LayerNormalization(0), TANH, SOFTMAX_CROSS_ENTROPY, 4),
        TinyNet.mlp(List.of(6, 6), new GroupNormalization(2, 0.1), SOFTPLUS, MEAN_SQUARED_ERROR, 4),
        TinyNet.mlp(List.of(4, 3), new WeightNormalization(), GELU, SOFTMAX_CROSS_ENTROPY, 4),
        TinyNet.mlp(List.of(4, 3), new NoNormalization(), TANH, MEAN_SQUARED_ERROR, 4),
        TinyNet.mlp(List.of(4, 3), new NoNormalization(), IDENTITY, SOFTMAX_CROSS_ENTROPY, 4),
        new TinyNet(residualOfVectors(), TinyNet.VECTOR, 5),
        new TinyNet(affine(), TinyNet.VECTOR, 6));
  }

  /** Everything that can stand alone does, and an affine layer sees the inputs. */
  private static NetworkSpec affine() {
    return new NetworkSpec(
        List.of(
            new Scale("first"),
            new Shift("shifted"),
            new Dense("a", 4, new NoNormalization(), IDENTITY),
            new Shift("bias"),
            new Normalize("norm", new LayerNormalization(0.01), IDENTITY),
            new Scale("gamma"),
            new Shift("beta"),
            new Activate("bend", TANH),
            new Residual(
                "sum", List.of(new Shift("in"), new Scale("out")), List.of(new Scale("short"))),
            new Normalize("rows", new LayerNormalization(0), SOFTPLUS)),
        SOFTMAX_CROSS_ENTROPY,
        2);
  }

  /** A residual layer is first, and within another one. */
  private static NetworkSpec residualOfVectors() {
    Residual inner =
        new Residual(
            "inner",
            List.of(new Dense("c", 4, BATCH, TANH), new Dense("d", 4, BATCH, IDENTITY)),
            List.of());
    return new NetworkSpec(
        List.of(
            new Residual("first", List.of(new Dense("a", 3, BATCH, IDENTITY)), List.of()),
            new Activate("act1", TANH),
            new Residual(
                "outer",
                List.of(new Dense("b", 4, BATCH, TANH), inner, new Activate("act2", SOFTPLUS)),
                List.of(new Dense("project", 4, BATCH, IDENTITY)))),
        SOFTMAX_CROSS_ENTROPY,
        2);
  }

  static Stream<TinyNet> images() {
    return Stream.of(
        image(convolution("a", 2, BATCH, TANH), convolution("b", 3, BATCH, SOFTPLUS)),
        image(convolution("a", 2, BATCH, RELU), new Dense("d", 4, BATCH, TANH)),
        image(
            new Convolution("strided", 2, 2, 2, 1, BATCH, TANH),
            new Convolution("valid", 3, 2, 1, 0, BATCH, IDENTITY)),
        image(convolution("a", 2, new LayerNormalization(0), TANH)),
        image(convolution("a", 4, new GroupNormalization(2, 0), GELU)),
        image(convolution("a", 2, new WeightNormalization(), TANH), new Dense("d", 3, BATCH, TANH)),
        image(convolution("a", 2, new NoNormalization(), SOFTPLUS)),
        image(
            convolution("a", 2, BATCH, TANH),
            new Pool("max", PoolKind.MAX, 2, 2),
            new Dense("d", 3, BATCH, TANH)),
        image(
            convolution("a", 2, BATCH, TANH),
            new Pool("overlapping", PoolKind.MAX, 3, 1),
            new Pool("average", PoolKind.AVERAGE, 2, 1)),
        image(
            new Pool("first", PoolKind.AVERAGE, 2, 1),
            new Activate("bend", TANH),
            convolution("a", 3, BATCH, TANH),
            new GlobalPool("global", PoolKind.AVERAGE)),
        image(
            new Pool("first", PoolKind.MAX, 2, 1),
            convolution("a", 3, BATCH, TANH),
            new GlobalPool("global", PoolKind.MAX)),
        image(
            convolution("stem", 2, BATCH, TANH),
            new Residual(
                "identity",
                List.of(convolution("a", 2, BATCH, TANH), convolution("b", 2, BATCH, IDENTITY)),
                List.of()),
            new Activate("bend1", TANH),
            new Residual(
                "narrowing",
                List.of(
                    new Convolution("c", 3, 3, 2, 1, BATCH, TANH),
                    convolution("d", 3, BATCH, IDENTITY)),
                List.of(new Subsample("sub", 2, 3))),
            new Activate("bend2", RELU),
            new GlobalPool("global", PoolKind.AVERAGE)),
        image(
            new Normalize("pixels", BATCH, IDENTITY),
            convolution("a", 2, new NoNormalization(), SOFTPLUS),
            new Normalize("after", BATCH, IDENTITY),
            new Scale("gamma"),
            new Shift("beta"),
            new Normalize("rows", new LayerNormalization(0.1), TANH)),
        image(
            new Residual(
                "projected",
                List.of(new Convolution("a", 2, 3, 2, 1, BATCH, TANH)),
                List.of(new Convolution("b", 2, 1, 2, 0, BATCH, IDENTITY)))));
  }

  private static Convolution convolution(
      String name, int filters, Normalizer normalizer, Activation activation) {
    return Convolution.same(name, filters, 3, normalizer, activation);
  }

  private static TinyNet image(LayerSpec... layers) {
    return new TinyNet(new NetworkSpec(List.of(layers), SOFTMAX_CROSS_ENTROPY, 2), IMAGE, 4);
  }
}
