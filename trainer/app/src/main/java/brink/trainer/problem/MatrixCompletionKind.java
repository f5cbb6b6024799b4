package brink.trainer.problem;

import brink.trainer.data.Dataset;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.descent.Initialization;
import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.MatrixCompletion;
import brink.trainer.landscape.MatrixEntries;
import brink.trainer.request.OptionException;
import brink.trainer.request.ProblemOptions;
import brink.trainer.request.RunOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/** Matrix completion through batch normalization. */
final class MatrixCompletionKind implements ProblemKind {
  private static final String NAME = "matrix-completion-bn";

  /**
   * A third of the entries, of five times as many parameters as the matrix has degrees of freedom:
   * the test loss falls along the flow, to a third of what it is at the edge's onset.
   */
  private static final String DATA = "synthetic:lowrank?rows=30&rank=2&observed=300&noise=0.1";

  /** The direct measurement of G² costs some forty Hessian-vector products. */
  private static final DirectCadence DIRECT = new DirectCadence.Every(10);

  private static final int RANK = 10;

  /** Small enough for the edge to be due after 0.6 units of flow time, 3 000 steps. */
  private static final double INITIAL_NORM = 3;

  @Override
  public Defaults defaults() {
    return new Defaults(DATA, 0.5, 4e-4, 20_000, CurvaturePoints.BOTH, DIRECT);
  }

  @Override
  public String ownDefaults() {
    return ProblemOptions.RANK.name() + " " + RANK;
  }

  @Override
  public Set<RunOption<?>> options() {
    return Set.of(ProblemOptions.RANK);
  }

  @Override
  public Problem build(Kernels kernels, ProblemInput input) {
    // Rows and columns are numbers that count, not features to be standardized.
    Split data = input.load(false);
    Dataset train = data.train();
    double[] raw = values(train);
    double mean = Arrays.stream(raw).average().orElseThrow();
    double scale =
        Math.sqrt(Arrays.stream(raw).map(y -> (y - mean) * (y - mean)).average().orElseThrow());
    if (scale == 0) {
      throw new OptionException("--data: " + train.name() + ": all observed entries are equal");
    }
    MatrixEntries observed = entries(train, mean, scale);
    MatrixEntries test = data.test() == null ? null : entries(data.test(), mean, scale);
    int rows = 1 + Math.max(largest(observed.rows()), test == null ? 0 : largest(test.rows()));
    int columns =
        1 + Math.max(largest(observed.columns()), test == null ? 0 : largest(test.columns()));
    int rank = Objects.requireNonNullElse(input.request().problem().rank(), RANK);
    if (rank < 1) {
      throw new OptionException("--rank must be 1 or more, found " + rank);
    }
    MatrixCompletion landscape = new MatrixCompletion(kernels, rows, columns, rank, observed, test);
    Tensor start = kernels.allocate(1, landscape.dimension());
    long seed = input.request().problem().seed();
    start.set(Initialization.onSphere(seed, landscape.dimension(), INITIAL_NORM));
    String network =
        "U·Vᵀ of a %d×%d and a %d×%d matrix, batch normalization of the observed entries without affine parameters"
            .formatted(rows, rank, columns, rank);
    return new Problem(
            NAME, network, input.source(), train.size(), landscape, start, landscape.dimension())
        .on(data.description().withTargets(mean, scale));
  }

  private static double[] values(Dataset data) {
    return switch (data.targets()) {
      case Targets.Values(double[] values) -> values;
      case Targets.Classes _ ->
          throw new OptionException(
              "--data: %s: %s needs numbers as entries, not classes; for a CSV file add ?task=regression"
                  .formatted(data.name(), NAME));
    };
  }

  private static MatrixEntries entries(Dataset data, double mean, double scale) {
    if (data.dimension() != 2) {
      throw new OptionException(
          "--data: %s: %s needs two features, the row and the column of each entry, found %d"
              .formatted(data.name(), NAME, data.dimension()));
    }
    int[] rows = new int[data.size()];
    int[] columns = new int[data.size()];
    double[] place = new double[2];
    for (int i = 0; i < rows.length; i++) {
      data.features().copyRow(i, place, 0);
      rows[i] = index(data, i, place[0]);
      columns[i] = index(data, i, place[1]);
    }
    double[] values = Arrays.stream(values(data)).map(y -> (y - mean) / scale).toArray();
    return new MatrixEntries(rows, columns, values);
  }

  private static int index(Dataset data, int example, double value) {
    int index = (int) value;
    if (index != value || index < 0) {
      throw new OptionException(
          "--data: %s: entry %d has row or column %s, expected a whole number from 0 on"
              .formatted(data.name(), example, value));
    }
    return index;
  }

  private static int largest(int[] indices) {
    return Arrays.stream(indices).max().orElse(0);
  }
}
