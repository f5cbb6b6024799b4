package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.HyperDual;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Reference;
import brink.trainer.kernels.Tensor;
import java.util.List;
import java.util.Random;

/**
 * A network small enough for a dense Hessian, with random data, and its loss written down a second
 * time in hyper-dual numbers.
 */
final class TinyNet {
  static final int INPUTS = 3;
  static final int OUTPUTS = 3;
  static final long SEED = 5;

  final Mlp mlp;
  final int examples;
  final double[] inputs;
  final double[] targets;
  final double[] weights;

  TinyNet(Mlp mlp, int examples) {
    this.mlp = mlp;
    this.examples = examples;
    Random random = new Random(SEED);
    inputs = random.doubles((long) examples * INPUTS).map(u -> 2 * u - 1).toArray();
    targets = new double[examples * OUTPUTS];
    for (int i = 0; i < examples; i++) {
      targets[i * OUTPUTS + i % OUTPUTS] = 1;
    }
    weights = mlp.initialWeights(INPUTS, SEED);
  }

  static TinyNet of(Activation activation, Loss loss) {
    return new TinyNet(new Mlp(List.of(4, 3), activation, loss, 0, 2), 7);
  }

  Examples examples(Kernels kernels) {
    return Examples.of(kernels, examples, INPUTS, inputs, OUTPUTS, targets);
  }

  NetworkLandscape landscape(Kernels kernels) {
    return mlp.landscape(kernels, examples(kernels), null, SEED);
  }

  Tensor weights(Kernels kernels) {
    return row(kernels, weights);
  }

  static Tensor row(Kernels kernels, double... values) {
    Tensor row = kernels.allocate(1, values.length);
    row.set(values);
    return row;
  }

  /** A direction of standard normal numbers. */
  double[] direction(long seed) {
    return new Random(seed).doubles(weights.length).map(u -> 2 * u - 1).toArray();
  }

  /** Loss at w + ε₁e_k + ε₂v; without e_k if k is negative. */
  HyperDual loss(double[] w, int k, double[] v) {
    HyperDual[][] y = matrix(inputs, examples, INPUTS);
    int at = 0;
    for (int width : mlp.hidden()) {
      HyperDual[][] block = new HyperDual[width][y[0].length];
      for (HyperDual[] unit : block) {
        for (int j = 0; j < unit.length; j++, at++) {
          unit[j] = new HyperDual(w[at], at == k ? 1 : 0, v[at], 0);
        }
      }
      y =
          Reference.normalize(
              Reference.product(y, block),
              new Normalization.Statistics.Batch(),
              mlp.epsilon(),
              mlp.activation());
    }
    HyperDual[][] logits = Reference.product(y, matrix(frozen(), OUTPUTS, mlp.hidden().getLast()));
    double[][] rows = new double[examples][OUTPUTS];
    for (int i = 0; i < targets.length; i++) {
      rows[i / OUTPUTS][i % OUTPUTS] = targets[i];
    }
    return Reference.loss(mlp.loss(), logits, rows);
  }

  /** The frozen last layer, outputs×width: what the landscape of the same seed has. */
  double[] frozen() {
    return mlp.frozenWeights(OUTPUTS, SEED);
  }

  private static HyperDual[][] matrix(double[] values, int rows, int columns) {
    HyperDual[][] matrix = new HyperDual[rows][columns];
    for (int i = 0; i < values.length; i++) {
      matrix[i / columns][i % columns] = HyperDual.constant(values[i]);
    }
    return matrix;
  }
}
