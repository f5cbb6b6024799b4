package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Normalization.Statistics;
import java.util.Arrays;

/**
 * The passes of {@link Normalization} over one set of rows that are normalized together, in one or
 * more groups of columns. With c = mean(x̂ż), ḡ = ȳφ′(x̂) and b = mean(ḡx̂), all means over the
 * rows and the columns of a group:
 *
 * <pre>
 * tangent              ẋ̂ = (ż − mean(ż) − x̂c)/σ,   σ̇ = c,   ẏ = φ′ẋ̂
 * backward             z̄ = (ḡ − mean(ḡ) − x̂b)/σ
 * tangent of backward  ḡ˙ = ȳ˙φ′ + ȳφ″ẋ̂,   b˙ = mean(ḡ˙x̂ + ḡẋ̂)
 *                      z̄˙ = (ḡ˙ − mean(ḡ˙) − ẋ̂b − x̂b˙ − σ̇z̄)/σ
 * </pre>
 */
final class CpuNormalization {
  /** A set whose deviation is below this many roundings of its root mean square is constant. */
  private static final double CONSTANT = 64;

  private final RowBlock block;
  private final Normalization state;
  private final Activation phi;
  private final CpuTensor normalized;
  private final CpuTensor output;
  private final int groups;
  private final long firstStatistic;
  private final ThreadScratch own;

  private CpuNormalization(
      RowBlock block, Normalization state, int groups, long firstStatistic, ThreadScratch own) {
    this.block = block;
    this.state = state;
    this.groups = groups;
    this.firstStatistic = firstStatistic;
    this.own = own;
    phi = state.activation();
    normalized = CpuTensor.of(state.normalized());
    output = CpuTensor.of(state.output());
  }

  /** A pass over one set of rows. */
  @FunctionalInterface
  interface Pass {
    void run(CpuNormalization rows);
  }

  /**
   * Runs a pass over all rows of a matrix that has the state's statistics.
   *
   * @param rows of the matrix
   */
  static void run(Team team, Normalization state, int rows, Pass pass) {
    int columns = state.normalized().columns();
    switch (state.statistics()) {
      case Statistics.Batch() ->
          pass.run(
              new CpuNormalization(
                  RowBlock.of(team, rows, columns), state, columns, 0, team.scratch()));
      case Statistics.Group(int positions, int groups) -> {
        int examples = rows / positions;
        long entries = (long) positions * columns;
        team.run(
            team.parts(examples, entries),
            examples,
            (_, from, to, scratch) -> {
              for (long i = from; i < to; i++) {
                RowBlock example = RowBlock.of(scratch, i * entries, positions, columns);
                pass.run(new CpuNormalization(example, state, groups, i * groups, scratch));
              }
            });
      }
    }
  }

  void forward(CpuTensor z) {
    Moments moments = moments(z);
    store(moments.mean, CpuTensor.of(state.mean()));
    store(moments.inverse, CpuTensor.of(state.inverseDeviation()));
    double[] shift = block.repeated(0, moments.mean);
    double[] scale = block.repeated(1, moments.inverse);
    block.each(
        (at, n, scratch) -> {
          double[] x = z.read(at, n, scratch, 0);
          double[] y = scratch.tile(1, n);
          standardize(x, shift, scale, n);
          Activations.values(phi, x, y, n);
          normalized.write(at, x, n, scratch);
          output.write(at, y, n, scratch);
        });
  }

  /** Mean and 1/σ of each column. */
  @SuppressWarnings("ArrayRecordComponent") // a pair on its way, never compared
  private record Moments(double[] mean, double[] inverse) {}

  /**
   * Shifted by the first entry of each set, so that one sweep gives both (Chan, Golub, LeVeque
   * 1983). Since that entry is one of the N, its distance from the mean is at most √N deviations,
   * and the difference of squares loses no more than N roundings, as the sums themselves may.
   */
  private Moments moments(CpuTensor z) {
    double[] mean = firstOfGroups(z);
    double[][] shifted = momentsAbout(mean, z);
    double[] variance = shifted[1];
    double[] inverse = new double[mean.length];
    for (int j = 0; j < inverse.length; j++) {
      double distance = shifted[0][j];
      mean[j] += distance;
      variance[j] = Math.max(0, variance[j] - distance * distance);
      inverse[j] = inverseDeviation(mean[j], variance[j]);
    }
    return new Moments(mean, inverse);
  }

  /** First entry of each group, one number for each column. */
  private double[] firstOfGroups(CpuTensor z) {
    double[] first = new double[block.columns()];
    z.read(block.start(), first, first.length, own);
    int width = first.length / groups;
    for (int j = 0; j < first.length; j++) {
      first[j] = first[j / width * width];
    }
    return first;
  }

  /** Means of x − c and of (x − c)². */
  private double[][] momentsAbout(double[] center, CpuTensor z) {
    double[] shift = block.repeated(0, center);
    return averages(
        block.columnSums(
            2,
            (at, n, scratch) -> {
              double[] x = z.read(at, n, scratch, 0);
              double[] sums = scratch.summed(0);
              double[] squares = scratch.summed(1);
              for (int i = 0; i < n; i++) {
                double centered = x[i] - shift[i];
                sums[i] += centered;
                squares[i] += centered * centered;
              }
            }));
  }

  private static void standardize(double[] x, double[] shift, double[] scale, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = (x[i] - shift[i]) * scale[i];
    }
  }

  private double inverseDeviation(double mean, double variance) {
    double resolution = CONSTANT * normalized.precision().unitRoundoff();
    double meanSquare = mean * mean + variance;
    if (state.epsilon() == 0 && variance <= resolution * resolution * meanSquare) {
      return Double.NaN;
    }
    return 1 / Math.sqrt(variance + state.epsilon());
  }

  /** y ← φ of the normalized z, of other examples than those of {@link #forward}. */
  void apply(CpuTensor z, CpuTensor y) {
    Moments moments =
        state.statistics() instanceof Statistics.Batch
            ? new Moments(
                stored(CpuTensor.of(state.mean())), stored(CpuTensor.of(state.inverseDeviation())))
            : moments(z);
    double[] shift = block.repeated(0, moments.mean);
    double[] scale = block.repeated(1, moments.inverse);
    block.each(
        (at, n, scratch) -> {
          double[] x = z.read(at, n, scratch, 0);
          double[] activated = scratch.tile(1, n);
          standardize(x, shift, scale, n);
          Activations.values(phi, x, activated, n);
          y.write(at, activated, n, scratch);
        });
  }

  void backward() {
    CpuTensor outputAdjoint = CpuTensor.of(state.outputAdjoint());
    CpuTensor inputAdjoint = CpuTensor.of(state.inputAdjoint());
    double[][] means =
        averages(
            block.columnSums(
                2,
                (at, n, scratch) -> {
                  double[] x = normalized.read(at, n, scratch, 0);
                  double[] g = activationAdjoint(outputAdjoint, at, n, scratch, x);
                  inputAdjoint.write(at, g, n, scratch);
                  addWithProduct(g, x, scratch.summed(0), scratch.summed(1), n);
                }));
    project(inputAdjoint, inputAdjoint, means[0], means[1]);
  }

  /** ḡ = ȳφ′(x̂), in tile 1; slopes stay in tile 2, φ(x̂) in tile 3. */
  private double[] activationAdjoint(
      CpuTensor outputAdjoint, long at, int n, ThreadScratch scratch, double[] x) {
    double[] g = outputAdjoint.read(at, n, scratch, 1);
    double[] slopes = slopes(at, n, scratch, x);
    for (int i = 0; i < n; i++) {
      g[i] *= slopes[i];
    }
    return g;
  }

  private double[] slopes(long at, int n, ThreadScratch scratch, double[] x) {
    double[] slopes = scratch.tile(2, n);
    double[] y = scratch.tile(3, n);
    if (Activations.differentiatesOutput(phi)) {
      output.read(at, y, n, scratch);
    }
    Activations.slopes(phi, x, y, slopes, n);
    return slopes;
  }

  /** to ← (g − a − x̂b)/σ. */
  private void project(CpuTensor g, CpuTensor to, double[] a, double[] b) {
    double[] shift = block.repeated(0, a);
    double[] slope = block.repeated(1, b);
    double[] scale = block.repeated(2, stored(CpuTensor.of(state.inverseDeviation())));
    block.each(
        (at, n, scratch) -> {
          double[] value = g.read(at, n, scratch, 0);
          double[] x = normalized.read(at, n, scratch, 1);
          for (int i = 0; i < n; i++) {
            value[i] = (value[i] - shift[i] - x[i] * slope[i]) * scale[i];
          }
          to.write(at, value, n, scratch);
        });
  }

  void tangent(CpuTensor zTangent) {
    double[][] means =
        averages(
            block.columnSums(
                2,
                (at, n, scratch) -> {
                  double[] z = zTangent.read(at, n, scratch, 0);
                  double[] x = normalized.read(at, n, scratch, 1);
                  addWithProduct(z, x, scratch.summed(0), scratch.summed(1), n);
                }));
    store(means[1], CpuTensor.of(state.deviationTangent()));
    CpuTensor normalizedTangent = CpuTensor.of(state.normalizedTangent());
    CpuTensor outputTangent = CpuTensor.of(state.outputTangent());
    double[] shift = block.repeated(0, means[0]);
    double[] slope = block.repeated(1, means[1]);
    double[] scale = block.repeated(2, stored(CpuTensor.of(state.inverseDeviation())));
    block.each(
        (at, n, scratch) -> {
          double[] x = normalized.read(at, n, scratch, 0);
          double[] value = zTangent.read(at, n, scratch, 1);
          double[] slopes = slopes(at, n, scratch, x);
          for (int i = 0; i < n; i++) {
            value[i] = (value[i] - shift[i] - x[i] * slope[i]) * scale[i];
            slopes[i] *= value[i];
          }
          normalizedTangent.write(at, value, n, scratch);
          outputTangent.write(at, slopes, n, scratch);
        });
  }

  void backwardTangent(CpuTensor outputAdjointTangent, CpuTensor inputAdjointTangent) {
    CpuTensor outputAdjoint = CpuTensor.of(state.outputAdjoint());
    CpuTensor normalizedTangent = CpuTensor.of(state.normalizedTangent());
    double[][] means =
        averages(
            block.columnSums(
                3,
                (at, n, scratch) -> {
                  double[] x = normalized.read(at, n, scratch, 0);
                  double[] g = outputAdjoint.read(at, n, scratch, 1);
                  double[] slopes = slopes(at, n, scratch, x);
                  double[] bends = scratch.tile(4, n);
                  Activations.bends(phi, x, scratch.tile(3, n), bends, n);
                  double[] xTangent = normalizedTangent.read(at, n, scratch, 5);
                  double[] gTangent = outputAdjointTangent.read(at, n, scratch, 6);
                  double[] sums = scratch.summed(0);
                  double[] products = scratch.summed(1);
                  double[] productTangents = scratch.summed(2);
                  for (int i = 0; i < n; i++) {
                    double gDot = gTangent[i] * slopes[i] + g[i] * bends[i] * xTangent[i];
                    double gHere = g[i] * slopes[i];
                    gTangent[i] = gDot;
                    sums[i] += gDot;
                    products[i] += gHere * x[i];
                    productTangents[i] += gDot * x[i] + gHere * xTangent[i];
                  }
                  inputAdjointTangent.write(at, gTangent, n, scratch);
                }));
    projectTangent(inputAdjointTangent, means);
  }

  private void projectTangent(CpuTensor g, double[][] means) {
    CpuTensor inputAdjoint = CpuTensor.of(state.inputAdjoint());
    CpuTensor normalizedTangent = CpuTensor.of(state.normalizedTangent());
    double[] shift = block.repeated(0, means[0]);
    double[] slope = block.repeated(1, means[1]);
    double[] slopeTangent = block.repeated(2, means[2]);
    double[] scale = block.repeated(3, stored(CpuTensor.of(state.inverseDeviation())));
    double[] deviation = block.repeated(4, stored(CpuTensor.of(state.deviationTangent())));
    block.each(
        (at, n, scratch) -> {
          double[] value = g.read(at, n, scratch, 0);
          double[] x = normalized.read(at, n, scratch, 1);
          double[] xTangent = normalizedTangent.read(at, n, scratch, 2);
          double[] z = inputAdjoint.read(at, n, scratch, 3);
          for (int i = 0; i < n; i++) {
            value[i] =
                (value[i]
                        - shift[i]
                        - xTangent[i] * slope[i]
                        - x[i] * slopeTangent[i]
                        - z[i] * deviation[i])
                    * scale[i];
          }
          g.write(at, value, n, scratch);
        });
  }

  /** Adds x and x∘y. */
  private static void addWithProduct(
      double[] x, double[] y, double[] sums, double[] products, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += x[i];
      products[i] += x[i] * y[i];
    }
  }

  /** Sums of columns become means of their groups, one for each column again. */
  private double[][] averages(double[][] sums) {
    int width = block.columns() / groups;
    double entries = (double) block.rows() * width;
    for (double[] columns : sums) {
      for (int start = 0; start < columns.length; start += width) {
        double sum = 0;
        for (int j = start; j < start + width; j++) {
          sum += columns[j];
        }
        Arrays.fill(columns, start, start + width, sum / entries);
      }
    }
    return sums;
  }

  /** Keeps one number of each group. */
  private void store(double[] perColumn, CpuTensor statistics) {
    int width = block.columns() / groups;
    double[] perGroup = own.tile(7, groups);
    for (int g = 0; g < groups; g++) {
      perGroup[g] = perColumn[g * width];
    }
    statistics.write(firstStatistic, perGroup, groups, own);
  }

  /** What {@link #store} kept, one number for each column. */
  private double[] stored(CpuTensor statistics) {
    int width = block.columns() / groups;
    double[] perGroup = own.tile(7, groups);
    statistics.read(firstStatistic, perGroup, groups, own);
    double[] perColumn = new double[block.columns()];
    for (int j = 0; j < perColumn.length; j++) {
      perColumn[j] = perGroup[j / width];
    }
    return perColumn;
  }
}
