package brink.bench.rows;

import brink.bench.torch.TorchLoss;
import brink.bench.torch.TorchMlp;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.network.Examples;
import brink.trainer.network.Mlp;
import brink.trainer.network.NetworkLandscape;
import brink.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A multilayer perceptron with batch normalization, tanh and cross-entropy, on both sides.
 *
 * @param hidden widths of the trained layers
 */
record MlpBn(List<Integer> hidden) {
  private static final long SEED = 1;

  MlpBn(Integer... hidden) {
    this(List.of(hidden));
  }

  /** Both sides on the same data, at the initial weights. */
  Contest contest(Sample sample, Arithmetic arithmetic, int threads) {
    TorchMlp network =
        new TorchMlp(sample.features(), hidden, frozenWeights(sample.classes()), arithmetic.type());
    TorchLoss peer = new TorchLoss(network, arithmetic.type(), sample.inputs(), sample.labels());
    Kernels kernels = arithmetic.kernels(threads);
    Examples examples = sample.on(kernels);
    Tensor first = kernels.allocate(hidden.getFirst(), sample.features());
    first.set(Arrays.copyOf(initialWeights(sample), Math.toIntExact(first.length())));
    Tensor product = kernels.allocate(sample.size(), hidden.getFirst());
    return new Contest(
        landscape(kernels, examples),
        peer,
        initialWeights(sample),
        SEED,
        () -> kernels.gemm(false, true, 1, examples.inputs(), first, 0, product));
  }

  /** The engine's side alone. */
  NetworkLandscape landscape(Kernels kernels, Examples examples) {
    return mlp().landscape(kernels, examples, null, SEED);
  }

  double[] initialWeights(Sample sample) {
    return mlp().initialWeights(sample.features(), SEED);
  }

  private Mlp mlp() {
    return Mlp.batchNormalized(hidden, Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
  }

  /** Those of {@link Mlp}, which keeps them to itself. */
  private double[] frozenWeights(int classes) {
    Random random = RandomStream.of("frozen weights", SEED);
    double[] weights = new double[classes * hidden.getLast()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Mlp.DEFAULT_LOGIT_SCALE * random.nextGaussian() / Math.sqrt(hidden.getLast());
    }
    return weights;
  }
}
