package brink.trainer.cli;

import brink.trainer.data.Dataset;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.Problem;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.network.Examples;
import brink.trainer.network.Mlp;
import brink.trainer.network.NetworkLandscape;
import brink.trainer.network.Shape;
import java.util.List;
import java.util.Objects;

/** A multilayer perceptron with batch normalization after every trained layer. */
final class MlpBnKind implements ProblemKind {
  /** Reaches the edge after some 900 steps and stays there. */
  private static final String DATA = "synthetic:teacher?n=200&d=10&classes=4&noise=0&test=1000";

  /** The direct measurement of G² costs some forty Hessian-vector products. */
  private static final int DIRECT_EVERY = 50;

  private static final List<Integer> HIDDEN = List.of(16, 16);

  @Override
  public Defaults defaults() {
    return new Defaults(DATA, 0.1, 3e-3, 8_000, CurvaturePoints.MIDPOINT, DIRECT_EVERY);
  }

  @Override
  public Problem build(Kernels kernels, String source, TrainOptions options) {
    Split data = options.load(source);
    Dataset train = data.train();
    Mlp network = network(options, train);
    Examples examples = Examples.of(kernels, train);
    Dataset test = data.test();
    NetworkLandscape landscape =
        network.landscape(
            kernels, examples, test == null ? null : Examples.of(kernels, test), options.seed);
    Tensor start = kernels.allocate(1, landscape.dimension());
    start.set(network.initialWeights(train.dimension(), options.seed));
    return new Problem(
        "mlp-bn",
        network.spec().describe(Shape.vector(train.dimension()), examples.targets().columns()),
        source,
        train.size(),
        landscape,
        start,
        landscape.dimension());
  }

  private static Mlp network(TrainOptions options, Dataset train) {
    Activation activation =
        switch (Objects.requireNonNullElse(options.activation, TrainOptions.ActivationName.TANH)) {
          case TANH -> Activation.TANH;
          case RELU -> Activation.RELU;
        };
    try {
      return Mlp.batchNormalized(
          Objects.requireNonNullElse(options.hidden, HIDDEN), activation, loss(options, train));
    } catch (IllegalArgumentException e) {
      throw new OptionException("--hidden: " + e.getMessage());
    }
  }

  private static Loss loss(TrainOptions options, Dataset train) {
    boolean classes = train.targets() instanceof Targets.Classes;
    if (options.loss == null) {
      return classes ? Loss.SOFTMAX_CROSS_ENTROPY : Loss.MEAN_SQUARED_ERROR;
    }
    return switch (options.loss) {
      case MSE -> Loss.MEAN_SQUARED_ERROR;
      case CROSS_ENTROPY -> {
        if (!classes) {
          throw new OptionException(
              train.name()
                  + ": cross-entropy needs classes, the targets are numbers; use --loss mse");
        }
        yield Loss.SOFTMAX_CROSS_ENTROPY;
      }
    };
  }
}
