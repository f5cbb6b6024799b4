package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.HyperDual;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Reference;
import brink.trainer.kernels.Tensor;
import brink.trainer.network.Normalizer.BatchNormalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A network small enough for a dense Hessian, with random data, and its loss written down a second
 * time in hyper-dual numbers.
 */
final class TinyNet {
  static final Shape VECTOR = Shape.vector(3);
  static final int OUTPUTS = 3;
  static final long SEED = 5;

  final NetworkSpec spec;
  final Shape input;
  final int examples;
  final double[] inputs;
  final double[] targets;
  final double[] weights;

  TinyNet(NetworkSpec spec, Shape input, int examples) {
    this.spec = spec;
    this.input = input;
    this.examples = examples;
    Random random = new Random(SEED);
    inputs = random.doubles((long) examples * input.features()).map(u -> 2 * u - 1).toArray();
    targets = new double[examples * OUTPUTS];
    for (int i = 0; i < examples; i++) {
      targets[i * OUTPUTS + i % OUTPUTS] = 1;
    }
    weights = spec.initialWeights(input, SEED);
  }

  /** With examples of three features and the logit scale 2. */
  static TinyNet mlp(
      List<Integer> hidden, Normalizer normalizer, Activation activation, Loss loss, int examples) {
    return new TinyNet(new Mlp(hidden, normalizer, activation, loss, 2).spec(), VECTOR, examples);
  }

  /** Two layers with batch normalization. */
  static TinyNet of(Activation activation, Loss loss) {
    return mlp(List.of(4, 3), new BatchNormalization(0), activation, loss, 7);
  }

  Examples examples(Kernels kernels) {
    return Examples.of(kernels, examples, input.features(), inputs, OUTPUTS, targets);
  }

  NetworkLandscape landscape(Kernels kernels) {
    return landscape(kernels, null);
  }

  NetworkLandscape landscape(Kernels kernels, @Nullable Examples test) {
    return spec.landscape(kernels, input, examples(kernels), test, SEED);
  }

  Tensor weights(Kernels kernels) {
    return row(kernels, weights);
  }

  static Tensor row(Kernels kernels, double... values) {
    Tensor row = kernels.allocate(1, values.length);
    row.set(values);
    return row;
  }

  /** A direction of uniform numbers. */
  double[] direction(long seed) {
    return new Random(seed).doubles(weights.length).map(u -> 2 * u - 1).toArray();
  }

  /** Loss at w + ε₁e_k + ε₂v; without e_k if k is negative. */
  HyperDual loss(double[] w, int k, double[] v) {
    List<HyperDual> disturbed = new ArrayList<>();
    for (int i = 0; i < w.length; i++) {
      disturbed.add(new HyperDual(w[i], i == k ? 1 : 0, v[i], 0));
    }
    HyperDual[][] y =
        new ReferenceNet(disturbed)
            .apply(spec.layers(), input, matrix(inputs, examples, input.features()));
    HyperDual[][] logits = Reference.product(y, matrix(frozen(), OUTPUTS, lastWidth()));
    double[][] rows = new double[examples][OUTPUTS];
    for (int i = 0; i < targets.length; i++) {
      rows[i / OUTPUTS][i % OUTPUTS] = targets[i];
    }
    return Reference.loss(spec.loss(), logits, rows);
  }

  /** The frozen last layer, outputs×width: what the landscape of the same seed has. */
  double[] frozen() {
    return spec.frozenWeights(lastWidth(), OUTPUTS, SEED);
  }

  int lastWidth() {
    return Checks.through(spec.layers(), input).features();
  }

  private static HyperDual[][] matrix(double[] values, int rows, int columns) {
    HyperDual[][] matrix = new HyperDual[rows][columns];
    for (int i = 0; i < values.length; i++) {
      matrix[i / columns][i % columns] = HyperDual.constant(values[i]);
    }
    return matrix;
  }
}
