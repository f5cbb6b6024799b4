package brink.bench.rows;

import brink.bench.report.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Whether the engine's Hessian-vector product is exact, at sizes where the Hessian fits. */
final class AccuracyRow implements Row {
  /** Rounding of the products of a few layers, with room: both sides are exact but for it. */
  private static final double EXACT = 1e-10;

  private static final MlpBn NETWORK = new MlpBn(8, 8);
  private static final Sample SAMPLE = Sample.random(40, 10, 4, 1);

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public String title(Conditions conditions) {
    return "accuracy, MLP-BN 10-8-8-4 tanh, n = 40";
  }

  @Override
  public List<Line> measure(Conditions conditions, Consumer<String> progress) {
    progress.accept("comparing with libtorch's dense Hessian");
    try (Contest both = NETWORK.contest(SAMPLE, Arithmetic.FLOAT64, conditions.threads())) {
      List<Line> lines = new ArrayList<>(Agreement.of(both, EXACT));
      lines.add(
          Line.agreement("float64 Hessian, all columns, against libtorch's", dense(both), EXACT));
      return lines;
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
    return Agreement.difference(engine, peer);
  }
}
