package brink.trainer.kernels;

/**
 * What the four passes of one normalization without affine parameters, followed by an activation,
 * keep for each other: y = φ(x̂), x̂ = (z − mean)/σ, σ² = variance + ε. Which entries share a mean
 * and a variance is what the {@link Statistics} say. All tensors are rows×m, for m units, but for
 * the statistics.
 *
 * @param statistics which entries are normalized together
 * @param activation φ
 * @param epsilon ε; 0 makes the loss exactly scale-invariant
 * @param normalized x̂, written by {@link Kernels#normalize}
 * @param mean a number for each set of entries, written by {@link Kernels#normalize}
 * @param inverseDeviation 1/σ, as mean, written by {@link Kernels#normalize}
 * @param output y, written by {@link Kernels#normalize}
 * @param outputAdjoint ∂L/∂y, written by the caller before {@link Kernels#normalizeBackward}
 * @param inputAdjoint ∂L/∂z, written by {@link Kernels#normalizeBackward}
 * @param normalizedTangent ẋ̂, written by {@link Kernels#normalizeTangent}
 * @param deviationTangent σ̇, as mean, written by {@link Kernels#normalizeTangent}
 * @param outputTangent ẏ, written by {@link Kernels#normalizeTangent}
 */
public record Normalization(
    Statistics statistics,
    Activation activation,
    double epsilon,
    Tensor normalized,
    Tensor mean,
    Tensor inverseDeviation,
    Tensor output,
    Tensor outputAdjoint,
    Tensor inputAdjoint,
    Tensor normalizedTangent,
    Tensor deviationTangent,
    Tensor outputTangent) {
  /** Refuses a negative ε. */
  public Normalization {
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("epsilon must be 0 or more, not " + epsilon);
    }
  }

  /** Which entries of a rows×m matrix are normalized together. */
  public sealed interface Statistics {
    /**
     * Each column by itself, over all rows (batch normalization: Ioffe, Szegedy, arXiv 1502.03167,
     * algorithm 1). The rows of an image batch are its n·height·width positions. Statistics are
     * 1×m.
     */
    record Batch() implements Statistics {}

    /**
     * Each example by itself, over its positions and one group of adjacent columns (group
     * normalization: Wu, He, arXiv 1803.08494; with one group layer normalization: Ba, Kiros,
     * Hinton, arXiv 1607.06450). Statistics are examples×groups.
     *
     * @param positions rows of one example: 1 for vectors, height·width for images
     * @param groups divides the number of columns
     */
    record Group(int positions, int groups) implements Statistics {
      /** Refuses numbers that are not positive. */
      public Group {
        if (positions < 1 || groups < 1) {
          throw new IllegalArgumentException(
              "need positions and groups of 1 or more, not " + positions + " and " + groups);
        }
      }
    }
  }

  /**
   * Tensors for a rows×units matrix: 6·rows·units numbers and three for each set of entries that is
   * normalized together.
   *
   * @throws IllegalArgumentException if the statistics do not divide the matrix evenly
   */
  public static Normalization allocate(
      Kernels kernels,
      Statistics statistics,
      Activation activation,
      double epsilon,
      int rows,
      int units) {
    int sets = 1;
    int setsOfRow = units;
    if (statistics instanceof Statistics.Group(int positions, int groups)) {
      if (rows % positions != 0 || units % groups != 0) {
        throw new IllegalArgumentException(
            "%d rows of %d units are not a whole number of examples with %d positions in %d groups"
                .formatted(rows, units, positions, groups));
      }
      sets = rows / positions;
      setsOfRow = groups;
    }
    return new Normalization(
        statistics,
        activation,
        epsilon,
        kernels.allocate(rows, units),
        kernels.allocate(sets, setsOfRow),
        kernels.allocate(sets, setsOfRow),
        kernels.allocate(rows, units),
        kernels.allocate(rows, units),
        kernels.allocate(rows, units),
        kernels.allocate(rows, units),
        kernels.allocate(sets, setsOfRow),
        kernels.allocate(rows, units));
  }

  /** Batch normalization of a rows×units matrix. */
  public static Normalization batch(
      Kernels kernels, Activation activation, double epsilon, int rows, int units) {
    return allocate(kernels, new Statistics.Batch(), activation, epsilon, rows, units);
  }
}
