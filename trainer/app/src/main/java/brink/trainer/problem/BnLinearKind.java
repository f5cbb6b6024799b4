package brink.trainer.problem;

import brink.trainer.data.Dataset;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import brink.trainer.descent.BnLinearProblem;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunOption;
import java.util.Arrays;
import java.util.Set;

/** Linear regression through batch normalization. */
final class BnLinearKind implements ProblemKind {
  /**
   * Twice as many features as examples leave sharpness room to fall; targets that are mostly noise
   * make it high at first, and let the oscillation's breathing die out soon after the onset.
   */
  private static final String DATA = "synthetic:regression?n=30&d=60&noise=2&test=1000";

  /** The direct measurement of G² costs some forty Hessian-vector products. */
  private static final DirectCadence DIRECT = new DirectCadence.Every(10);

  @Override
  public Defaults defaults() {
    return new Defaults(
        DATA,
        BnLinearProblem.HYPERPARAMETERS.learningRate(),
        BnLinearProblem.HYPERPARAMETERS.weightDecay(),
        BnLinearProblem.STEPS,
        CurvaturePoints.BOTH,
        DIRECT);
  }

  @Override
  public Set<RunOption<?>> options() {
    return Set.of();
  }

  @Override
  public Problem build(Kernels kernels, ProblemInput input) {
    Split data = input.load();
    Dataset train = data.train();
    double[] raw = values(train);
    double mean = Arrays.stream(raw).average().orElseThrow();
    double scale =
        Math.sqrt(Arrays.stream(raw).map(y -> (y - mean) * (y - mean)).average().orElseThrow());
    if (scale == 0) {
      throw new OptionException(
          "--data: " + train.name() + ": all targets are equal; nothing to regress on");
    }
    double[] targets = standardized(raw, mean, scale);
    double[][] inputs = rows(train);
    Dataset test = data.test();
    BnLinear landscape =
        test == null
            ? BnLinear.from(kernels, inputs, targets)
            : BnLinear.from(
                kernels, inputs, targets, rows(test), standardized(values(test), mean, scale));
    return BnLinearProblem.of(
            landscape,
            input.source(),
            train.size(),
            input.request().problem().seed(),
            BnLinearProblem.INITIAL_NORM)
        .on(data.description().withTargets(mean, scale));
  }

  private static double[] values(Dataset data) {
    return switch (data.targets()) {
      case Targets.Values(double[] values) -> values;
      case Targets.Classes(int[] labels, int count) when count == 2 ->
          Arrays.stream(labels).mapToDouble(label -> 2.0 * label - 1).toArray();
      case Targets.Classes(_, int count) ->
          throw new OptionException(
              "--data: %s: bn-linear needs numbers to regress on, or two classes, not %d; for a CSV file add ?task=regression"
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
