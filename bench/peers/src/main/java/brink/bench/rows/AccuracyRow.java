package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.SampleSpread;
import brink.trainer.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Whether the engine's Hessian-vector product is exact, at sizes where the Hessian fits. */
final class AccuracyRow implements Row {
  /** Rounding of the products of a few layers, with room: both sides are exact but for it. */
  private static final double EXACT = 1e-10;

  private static final int CLASSES = 4;
  private static final Network DENSE = Network.mlp(10, 8, 8);
  private static final Shape IMAGE = new Shape(8, 8, 3);

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public String title(Conditions conditions) {
    return "accuracy on small networks";
  }

  @Override
  public List<Line> measure(Conditions conditions, Consumer<String> progress) {
    List<Line> lines = new ArrayList<>();
    progress.accept("MLP-BN, comparing with libtorch's dense Hessian");
    try (Contest both = contest(DENSE, 40, conditions.threads())) {
      lines.addAll(ResultAgreement.of(both, "MLP-BN 10-8-8-4 tanh, float64: ", EXACT));
      lines.add(
          Line.agreement(
              "MLP-BN 10-8-8-4 tanh, float64: dense Hessians, relative difference",
              dense(both),
              EXACT));
    }
    progress.accept("float32 beside float64");
    lines.add(
        Line.measurement(
            "MLP-BN 3072-200-200-10 tanh, n = 500: HVP in float32 against float64",
            SampleSpread.exactly(rounding(conditions.threads())),
            Unit.DIFFERENCE,
            Target.atMost(2e-6)));
    progress.accept("VGG-11-BN");
    lines.addAll(agreement("VGG-11-BN/16", Network.vgg11(1.0 / 16, IMAGE), conditions));
    progress.accept("ResNet-20-BN");
    lines.addAll(agreement("ResNet-20-BN/4", Network.resnet20(0.25, IMAGE), conditions));
    return lines;
  }

  private static List<Line> agreement(String words, Network network, Conditions conditions) {
    try (Contest both = contest(network, 30, conditions.threads())) {
      return ResultAgreement.of(both, words + " 8×8×3 ReLU, float64: ", EXACT);
    }
  }

  private static Contest contest(Network network, int examples, int threads) {
    Sample sample = Sample.random(examples, network.input().features(), CLASSES, 1);
    return network.contest(sample, ComparedFormat.FLOAT64, threads);
  }

  /** Relative difference of the engine's products in its two precisions. */
  private static double rounding(int threads) {
    Network network = Network.mlp(3_072, 200, 200);
    Sample sample = Sample.random(500, 3_072, 10, 1);
    return ResultAgreement.difference(
        product(network, sample, ComparedFormat.FLOAT32, threads),
        product(network, sample, ComparedFormat.FLOAT64, threads));
  }

  private static double[] product(
      Network network, Sample sample, ComparedFormat arithmetic, int threads) {
    try (Contest both = network.contest(sample, arithmetic, threads)) {
      both.gradient();
      both.hessianVectorProduct();
      return both.productFound();
    }
  }

  /** Relative difference of the whole Hessians in the Frobenius norm. */
  private static double dense(Contest both) {
    int dimension = both.engine().dimension();
    double[] engine = new double[dimension * dimension];
    double[] peer = new double[dimension * dimension];
    both.gradient();
    for (int i = 0; i < dimension; i++) {
      double[] unit = new double[dimension];
      unit[i] = 1;
      both.setVector(unit);
      both.hessianVectorProduct();
      System.arraycopy(both.productFound(), 0, engine, i * dimension, dimension);
      both.peer().hessianVectorProduct();
      System.arraycopy(both.peer().result(), 0, peer, i * dimension, dimension);
    }
    return ResultAgreement.difference(engine, peer);
  }
}
