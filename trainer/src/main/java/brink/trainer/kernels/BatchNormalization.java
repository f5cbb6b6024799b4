package brink.trainer.kernels;

/**
 * What the four passes of one batch normalization without affine parameters, followed by an
 * activation, keep for each other: y = φ(x̂), x̂ = (z − mean)/σ, σ² = variance + ε, with mean and
 * variance over the rows of each column of z (Ioffe, Szegedy, arXiv 1502.03167, eq. in algorithm
 * 1). All tensors are n×m, for n examples and m units, but for the 1×m column statistics.
 *
 * @param activation φ
 * @param epsilon ε; 0 makes the loss exactly scale-invariant
 * @param normalized x̂, written by {@link Kernels#normalize}
 * @param mean 1×m, written by {@link Kernels#normalize}
 * @param inverseDeviation 1/σ, 1×m, written by {@link Kernels#normalize}
 * @param output y, written by {@link Kernels#normalize}
 * @param outputAdjoint ∂L/∂y, written by the caller before {@link Kernels#normalizeBackward}
 * @param inputAdjoint ∂L/∂z, written by {@link Kernels#normalizeBackward}
 * @param normalizedTangent ẋ̂, written by {@link Kernels#normalizeTangent}
 * @param deviationTangent σ̇, 1×m, written by {@link Kernels#normalizeTangent}
 * @param outputTangent ẏ, written by {@link Kernels#normalizeTangent}
 */
public record BatchNormalization(
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
  public BatchNormalization {
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("epsilon must be 0 or more, not " + epsilon);
    }
  }

  /** Tensors for n examples and m units: 6·n·m + 3·m numbers. */
  public static BatchNormalization allocate(
      Kernels kernels, Activation activation, double epsilon, int examples, int units) {
    return new BatchNormalization(
        activation,
        epsilon,
        kernels.allocate(examples, units),
        kernels.allocate(1, units),
        kernels.allocate(1, units),
        kernels.allocate(examples, units),
        kernels.allocate(examples, units),
        kernels.allocate(examples, units),
        kernels.allocate(examples, units),
        kernels.allocate(1, units),
        kernels.allocate(examples, units));
  }
}
