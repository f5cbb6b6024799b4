package brink.bench.rows;

import brink.bench.torch.TorchLoss;
import brink.bench.torch.TorchNetwork;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.network.Architectures;
import brink.trainer.network.Examples;
import brink.trainer.network.LayerSpec;
import brink.trainer.network.LayerSpec.PoolKind;
import brink.trainer.network.Mlp;
import brink.trainer.network.NetworkLandscape;
import brink.trainer.network.NetworkSpec;
import brink.trainer.network.Normalizer;
import brink.trainer.network.Shape;
import brink.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A network that both sides can build.
 *
 * @param input shape of an example
 */
record Network(NetworkSpec spec, Shape input) {
  /** Of initial and frozen weights. */
  private static final long SEED = 1;

  private static final Normalizer NORMALIZER = new Normalizer.BatchNormalization(0);
  private static final Loss LOSS = Loss.SOFTMAX_CROSS_ENTROPY;

  /** A multilayer perceptron with tanh. */
  static Network mlp(int features, Integer... hidden) {
    return new Network(
        Mlp.batchNormalized(List.of(hidden), Activation.TANH, LOSS).spec(), Shape.vector(features));
  }

  /** The convolutions of VGG-11, with the paper's ReLU. */
  static Network vgg11(double width, Shape input) {
    return new Network(
        new Architectures(width, NORMALIZER, Activation.RELU, LOSS).vgg11(input), input);
  }

  /** ResNet-20 for CIFAR, with the paper's ReLU. */
  static Network resnet20(double width, Shape input) {
    return new Network(
        new Architectures(width, NORMALIZER, Activation.RELU, LOSS).resnet20(), input);
  }

  /**
   * Two convolutions with tanh, each followed by an average pooling: smooth, so that the edge is at
   * 1.
   */
  static Network cnn(Shape input, int first, int second) {
    return new Network(
        new NetworkSpec(
            List.of(
                LayerSpec.Convolution.same("conv1", first, 3, NORMALIZER, Activation.TANH),
                new LayerSpec.Pool("pool1", PoolKind.AVERAGE, 2, 2),
                LayerSpec.Convolution.same("conv2", second, 3, NORMALIZER, Activation.TANH),
                new LayerSpec.Pool("pool2", PoolKind.AVERAGE, 2, 2)),
            LOSS,
            NetworkSpec.DEFAULT_LOGIT_SCALE),
        input);
  }

  /** Both sides on the same data, at the initial weights. */
  Contest contest(Sample sample, ComparedFormat arithmetic, int threads) {
    TorchNetwork network =
        new TorchNetwork(spec, input, frozenWeights(sample.classes()), arithmetic.type());
    TorchLoss peer = new TorchLoss(network, arithmetic.type(), sample.inputs(), sample.labels());
    Kernels kernels = arithmetic.kernels(threads);
    Examples examples = sample.on(kernels);
    return new Contest(
        landscape(kernels, examples),
        peer,
        initialWeights(),
        SEED,
        firstProduct(kernels, examples));
  }

  /** X·W where the first layer is dense. */
  private @Nullable Runnable firstProduct(Kernels kernels, Examples examples) {
    if (!(spec.layers().getFirst() instanceof LayerSpec.Dense dense)) {
      return null;
    }
    Tensor first = kernels.allocate(dense.units(), input.features());
    first.set(Arrays.copyOf(initialWeights(), Math.toIntExact(first.length())));
    Tensor product = kernels.allocate(examples.size(), dense.units());
    return () -> kernels.gemm(false, true, 1, examples.inputs(), first, 0, product);
  }

  /** The engine's side alone. */
  NetworkLandscape landscape(Kernels kernels, Examples examples) {
    return spec.landscape(kernels, input, examples, null, SEED);
  }

  /** Where training begins. */
  double[] initialWeights() {
    return spec.initialWeights(input, SEED);
  }

  /** Number of trained weights. */
  long dimension() {
    return spec.dimension(input);
  }

  /** Those of {@link NetworkSpec}, which keeps them to itself. */
  private double[] frozenWeights(int classes) {
    Random random = RandomStream.of("frozen weights", SEED);
    int inputs = features();
    double[] weights = new double[classes * inputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = spec.logitScale() * random.nextGaussian() / Math.sqrt(inputs);
    }
    return weights;
  }

  private int features() {
    Shape shape = input;
    for (LayerSpec layer : spec.layers()) {
      shape = layer.output(shape);
    }
    return shape.features();
  }
}
