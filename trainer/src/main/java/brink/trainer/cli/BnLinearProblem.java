package brink.trainer.cli;

import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Dataset;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.Initialization;
import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.BnLinear;
import java.util.Arrays;

/** Linear regression through batch normalization. */
final class BnLinearProblem implements ProblemKind {
  /** ‖w₀‖: small enough for weight decay to bring the run to the edge within a few 1/η_in steps. */
  private static final double INITIAL_NORM = 8;

  @Override
  public Defaults defaults() {
    return new Defaults(
        "synthetic:regression?n=20&d=40&noise=0.5&test=0",
        0.5,
        4e-4,
        22_000,
        CurvaturePoints.BOTH,
        10);
  }

  @Override
  public Problem build(Kernels kernels, String source, TrainOptions options) {
    Split data =
        DataSource.parse(source)
            .load(
                new DataOptions(
                    options.trainSize,
                    options.testSize,
                    DataOptions.DEFAULT.testFraction(),
                    options.seed,
                    true));
    Dataset train = data.train();
    double[] raw = values(train);
    double mean = Arrays.stream(raw).average().orElseThrow();
    double scale =
        Math.sqrt(Arrays.stream(raw).map(y -> (y - mean) * (y - mean)).average().orElseThrow());
    if (scale == 0) {
      throw new OptionException(train.name() + ": all targets are equal; nothing to regress on");
    }
    double[] targets = standardized(raw, mean, scale);
    double[][] inputs = rows(train);
    Dataset test = data.test();
    BnLinear landscape =
        test == null
            ? BnLinear.from(kernels, inputs, targets)
            : BnLinear.from(
                kernels, inputs, targets, rows(test), standardized(values(test), mean, scale));
    Tensor start = kernels.allocate(1, train.dimension());
    start.set(Initialization.onSphere(options.seed, train.dimension(), INITIAL_NORM));
    return new Problem(
        "bn-linear",
        "linear %d-1, batch normalization".formatted(train.dimension()),
        source,
        train.size(),
        landscape,
        start,
        train.dimension());
  }

  private static double[] values(Dataset data) {
    return switch (data.targets()) {
      case Targets.Values(double[] values) -> values;
      case Targets.Classes(int[] labels, int count) when count == 2 ->
          Arrays.stream(labels).mapToDouble(label -> 2.0 * label - 1).toArray();
      case Targets.Classes(_, int count) ->
          throw new OptionException(
              "%s: bn-linear needs numbers to regress on, or two classes, not %d; for a CSV file add ?task=regression"
                  .formatted(data.name(), count));
    };
  }

  private static double[] standardized(double[] values, double mean, double scale) {
    return Arrays.stream(values).map(y -> (y - mean) / scale).toArray();
  }

  private static double[][] rows(Dataset data) {
    double[][] rows = new double[data.size()][data.dimension()];
    for (int i = 0; i < rows.length; i++) {
      data.features().copyRow(i, rows[i], 0);
    }
    return rows;
  }
}
