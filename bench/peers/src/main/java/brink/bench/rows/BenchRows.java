package brink.bench.rows;

import brink.bench.rows.DerivativesRow.Effort;
import brink.bench.rows.DerivativesRow.Targets;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.network.Shape;
import java.util.List;

/** The catalogue of the comparison. */
public final class BenchRows {
  /** Of smooth networks: rounding of 6e-8, amplified by a few layers. */
  private static final double SMOOTH = 1e-4;

  /**
   * Of networks with ReLU and max pooling: where a pre-activation is within rounding of the kink,
   * the two sides differ in a derivative of 0 or 1. That befalls about one unit in a million, so
   * the gradients differ by the root of that, 1e-3. In float64, in the row "accuracy", they agree.
   */
  private static final double KINKED = 1e-2;

  private static final Shape CIFAR = new Shape(32, 32, 3);
  private static final Shape DIGITS = new Shape(12, 12, 1);

  private BenchRows() {}

  /** All rows, in the order of the table. */
  public static List<Row> all() {
    return List.of(
        mlp(),
        vgg11(),
        resnet20(),
        edgeOfMlp(),
        edgeOfCnn(),
        new AccuracyRow(),
        new PublishingRow(),
        new GradientsRow(),
        new MonitorRow(),
        new MonitorDelayRow(),
        new MemoryRow());
  }

  private static Row mlp() {
    return new DerivativesRow(
        "mlp",
        "MLP-BN 3072-200-200-10 tanh",
        Network.mlp(CIFAR.features(), 200, 200),
        new Effort(5_000, 3, 15),
        new Effort(500, 3, 5),
        SMOOTH,
        new Targets(0.9, 0.75));
  }

  private static Row vgg11() {
    return new DerivativesRow(
        "vgg11",
        "VGG-11-BN ReLU, 32×32×3",
        Network.vgg11(1, CIFAR),
        new Effort(500, 1, 5),
        new Effort(20, 1, 3),
        KINKED,
        new Targets(1.1, 1.1));
  }

  private static Row resnet20() {
    return new DerivativesRow(
        "resnet20",
        "ResNet-20-BN ReLU, 32×32×3",
        Network.resnet20(1, CIFAR),
        new Effort(500, 1, 7),
        new Effort(20, 1, 3),
        KINKED,
        new Targets(1.1, 1.1));
  }

  private static Row edgeOfMlp() {
    return new EdgeRow(
        "edge",
        "MLP-BN 64-32-32-10 tanh, n = 500",
        Network.mlp(64, 32, 32),
        new EdgeProblem(
            "synthetic:teacher?n=500&d=64&classes=10&noise=0.1&test=0",
            new Hyperparameters(0.1, 3e-3),
            1_500,
            300));
  }

  private static Row edgeOfCnn() {
    return new EdgeRow(
        "edge-cnn",
        "CNN-BN 12×12×1-conv8-avg2-conv16-avg2-10 tanh, n = 200",
        Network.cnn(DIGITS, 8, 16),
        new EdgeProblem(
            "synthetic:digits?n=200&size=12&test=0", new Hyperparameters(0.1, 1e-3), 800, 60));
  }
}
