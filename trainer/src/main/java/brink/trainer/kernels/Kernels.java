package brink.trainer.kernels;

/**
 * Linear algebra on the {@link Tensor tensors} of one device. Operations write into tensors that
 * the caller allocated, so that a training step allocates nothing. Not safe for use by several
 * threads at once. Every implementation passes the same contract tests.
 */
public interface Kernels extends AutoCloseable {
  /** Floating-point format of the tensors, for example "float64". */
  String precision();

  /** The device in words, for example "cpu (2 threads)". */
  String device();

  /** A new tensor of zeros, freed by {@link #close}. */
  Tensor allocate(int rows, int columns);

  /** ⟨x, y⟩, accumulated in double precision. */
  double dot(Tensor x, Tensor y);

  /** y ← y + a·x. */
  void axpy(double a, Tensor x, Tensor y);

  /** x ← a·x. */
  void scale(double a, Tensor x);

  /** to ← from. */
  void copy(Tensor from, Tensor to);

  /** ‖x‖. */
  default double norm(Tensor x) {
    return Math.sqrt(dot(x, x));
  }

  /** c ← alpha·op(a)·op(b) + beta·c, where op transposes if its flag is set; beta = 0 ignores c. */
  void gemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c);

  /**
   * Forward pass: x̂, mean, 1/σ and y from z. A column that does not vary beyond rounding (σ ≤
   * 64·u·root mean square, u the unit roundoff) has no normalization when ε = 0: its 1/σ is NaN,
   * and so is all that follows from it. Squares of the entries must stay in the range of the
   * precision.
   *
   * @param z n×m pre-activations; may be the tensor {@link BatchNormalization#normalized}
   */
  void normalize(Tensor z, BatchNormalization state);

  /** Backward pass: ∂L/∂z from ∂L/∂y; follows {@link #normalize}. */
  void normalizeBackward(BatchNormalization state);

  /**
   * Tangent of {@link #normalize} in the direction ż: ẋ̂, σ̇ and ẏ.
   *
   * @param zTangent n×m; may be the tensor {@link BatchNormalization#normalizedTangent}
   */
  void normalizeTangent(Tensor zTangent, BatchNormalization state);

  /**
   * Tangent of {@link #normalizeBackward}; follows {@link #normalizeTangent}.
   *
   * @param outputAdjointTangent n×m, tangent of ∂L/∂y
   * @param inputAdjointTangent n×m, overwritten by the tangent of ∂L/∂z; may be the same tensor
   */
  void normalizeBackwardTangent(
      Tensor outputAdjointTangent, BatchNormalization state, Tensor inputAdjointTangent);

  /**
   * y ← φ((z − mean)/σ) for other examples, with the statistics of the last {@link #normalize}.
   *
   * @param z any number of rows by m columns
   * @param y as z; may be the same tensor
   */
  void applyNormalization(Tensor z, BatchNormalization state, Tensor y);

  /**
   * Mean loss and its gradient.
   *
   * @param logits n×k
   * @param targets n×k
   * @param predictions n×k, overwritten: softmax of the logits for cross-entropy, else the logits
   * @param gradient n×k, overwritten by ∂L/∂logits
   * @return L, accumulated in double precision
   */
  double loss(Loss loss, Tensor logits, Tensor targets, Tensor predictions, Tensor gradient);

  /**
   * gradientTangent ← ∂²L/∂logits² · logitsTangent.
   *
   * @param predictions n×k, as written by {@link #loss}
   * @param logitsTangent n×k
   * @param gradientTangent n×k, overwritten; may be the tensor logitsTangent
   */
  void lossTangent(Loss loss, Tensor predictions, Tensor logitsTangent, Tensor gradientTangent);

  /**
   * Number of rows in which both matrices have their largest entry in the same column; the first
   * one counts where several are largest.
   */
  int countAgreeingRows(Tensor predictions, Tensor targets);

  /** Frees all tensors. */
  @Override
  void close();
}
