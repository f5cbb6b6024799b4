package brink.trainer.data;

import brink.trainer.random.RandomStream;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a random matrix of low rank, A·Bᵀ/√rank + noise·N with normal A, B and N, so that an
 * entry without its noise has variance about 1: the features of an example are its row and column,
 * its target is the entry. No entry is drawn twice; what is held out for testing is never observed,
 * and has no noise. Everything follows from the seed.
 */
final class LowRank extends DataSource {
  private static final String NAME = "synthetic:lowrank";
  static final List<String> PARAMETERS =
      List.of("rows", "columns", "rank", "observed", "test", "noise");

  private final int rows;
  private final int columns;
  private final int rank;
  private final int observed;
  private final int test;
  private final double noise;

  private LowRank(SourceParameters parameters) {
    rows = parameters.integer("rows", 30, 2);
    columns = parameters.integer("columns", rows, 2);
    rank =
        parameters.integer(
            "rank", Math.min(2, Math.min(rows, columns)), 1, Math.min(rows, columns));
    long entries = (long) rows * columns;
    if (entries > Integer.MAX_VALUE) {
      throw new DataException(
          "%s: %d×%d are more entries than can be counted".formatted(NAME, rows, columns));
    }
    observed = parameters.integer("observed", Math.max(2, (int) (entries / 3)), 2);
    int left = Math.max(0, (int) entries - observed);
    test = parameters.integer("test", left, 0);
    noise = parameters.number("noise", 0.1, 0, Double.MAX_VALUE);
    if ((long) observed + test > entries) {
      throw new DataException(
          "%s: %d observed and %d test entries are more than the %d×%d = %d there are"
              .formatted(NAME, observed, test, rows, columns, entries));
    }
  }

  static LowRank of(String argument) {
    return new LowRank(new SourceParameters("synthetic:", argument, PARAMETERS));
  }

  @Override
  protected Split read(DataOptions options) {
    int trainSize = options.trainSizeOf(observed, NAME);
    int testSize = options.testSizeOf(test, NAME);
    Random random = RandomStream.of("low rank", options.seed());
    double deviation = 1 / Math.sqrt(Math.sqrt(rank));
    double[] left = Gaussian.vector(rows * rank, deviation, random);
    double[] right = Gaussian.vector(columns * rank, deviation, random);
    int[] order = Split.permutation(rows * columns, random);
    Dataset trained = entries(left, right, order, 0, trainSize, noise, random);
    @Nullable Dataset tested =
        testSize == 0 ? null : entries(left, right, order, observed, testSize, 0, random);
    return new Split(trained, tested)
        .with(
            Provenance.of(new SplitRule.Drawn(options.seed()))
                .withColumns(List.of("row", "column"), ""));
  }

  private Dataset entries(
      double[] left,
      double[] right,
      int[] order,
      int from,
      int count,
      double deviation,
      Random random) {
    double[] places = new double[2 * count];
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      int row = order[from + i] / columns;
      int column = order[from + i] % columns;
      places[2 * i] = row;
      places[2 * i + 1] = column;
      for (int k = 0; k < rank; k++) {
        values[i] += left[row * rank + k] * right[column * rank + k];
      }
      values[i] += deviation * random.nextGaussian();
    }
    return new Dataset(NAME, new DenseFeatures(count, 2, places), new Targets.Values(values));
  }
}
