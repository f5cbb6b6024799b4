package brink.trainer.kernels;

import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Linear algebra on the {@link Tensor tensors} of one device. Operations write into tensors that
 * the caller allocated, so that a training step allocates nothing. Not safe for use by several
 * threads at once. Every implementation passes the same contract tests.
 */
public interface Kernels extends AutoCloseable {
  /** Floating-point format of the tensors. */
  Precision precision();

  /** Name of the formats that it computes in, such as "float64"; part of a run's description. */
  default String arithmetic() {
    return precision().label();
  }

  /**
   * Unit roundoff of the factors of matrix products and convolutions, which some devices round more
   * than the numbers they keep. What is made of passes through a network is no more accurate.
   */
  default double productRoundoff() {
    return precision().unitRoundoff();
  }

  /**
   * Does work whose products take factors as they are kept, also where products otherwise do not
   * ({@link #productRoundoff}): for differences in which such roundings would be all that is left.
   */
  default <T> T precisely(Supplier<T> work) {
    return work.get();
  }

  /** Bytes that tensors can take; empty where they share the machine's memory. */
  default OptionalLong memoryBytes() {
    return OptionalLong.empty();
  }

  /**
   * Bytes that tensors of the device can take beside those that {@link #spilling} keeps elsewhere;
   * empty where it keeps none.
   */
  default OptionalLong memoryBytesBesideSpilled() {
    return OptionalLong.empty();
  }

  /**
   * The same kernels, but tensors of many rows lie in the machine's memory, and the device works on
   * some rows of them at a time: slower, for more examples than the device has room for. Results
   * differ by rounding where something is summed over rows. Each takes the other's tensors of few
   * rows. Recorded work is done as it is. Closed with these; these themselves where tensors lie in
   * the machine's memory anyway.
   *
   * @param rows number from which on they are many
   */
  default Kernels spilling(int rows) {
    return this;
  }

  /** The device in words, for example "cpu (2 threads)". */
  String device();

  /** A new tensor of zeros, freed by {@link #close}. */
  Tensor allocate(int rows, int columns);

  /** A place for a number. */
  Scalar allocateScalar();

  /**
   * A way off the device for one vector at a time.
   *
   * @param length of the vectors
   */
  default Download allocateDownload(int length) {
    return new HeapDownload(length);
  }

  /**
   * The same work, for doing it again and again. A device that can queues it as a whole then, which
   * takes the processor no time: so the work must always be the same operations on the same
   * tensors, and neither read numbers nor {@link Tensor#set} any. What it does on the Java heap is
   * done the first times only.
   */
  default Runnable recorded(Runnable work) {
    return work;
  }

  /**
   * As {@link #recorded(Runnable)}, for vectors that may be others each time.
   *
   * @param length of the vectors, for which the device may keep two of its own
   */
  default VectorMap recorded(int length, VectorMap work) {
    return work;
  }

  /** ⟨x, y⟩, accumulated in double precision. */
  double dot(Tensor x, Tensor y);

  /** result ← ⟨x, y⟩, accumulated in double precision. */
  void dot(Tensor x, Tensor y, Scalar result);

  /** y ← y + a·x. */
  void axpy(double a, Tensor x, Tensor y);

  /** x ← a·x. */
  void scale(double a, Tensor x);

  /** to ← from. */
  void copy(Tensor from, Tensor to);

  /**
   * Copies adjacent columns into those of another matrix.
   *
   * @param from n×any number of columns
   * @param to n×any number of columns; the others stay
   */
  void copyColumns(Tensor from, int fromColumn, Tensor to, int toColumn, int columns);

  /**
   * v ← v − u⟨u, v⟩: removes from a vector its component along another.
   *
   * @param u of length 1, not modified
   * @param v as u, modified
   */
  default void removeComponent(Tensor u, Tensor v) {
    axpy(-dot(u, v), u, v);
  }

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
   * Forward pass: x̂, mean, 1/σ and y from z. A set of entries that does not vary beyond rounding
   * (σ ≤ 64·u·root mean square, u the unit roundoff) has no normalization when ε = 0: its 1/σ is
   * NaN, and so is all that follows from it. Squares of the entries must stay in the range of the
   * precision.
   *
   * @param z rows×m pre-activations; may be the tensor {@link Normalization#normalized}
   */
  void normalize(Tensor z, Normalization state);

  /** Backward pass: ∂L/∂z from ∂L/∂y; follows {@link #normalize}. */
  void normalizeBackward(Normalization state);

  /**
   * Tangent of {@link #normalize} in the direction ż: ẋ̂, σ̇ and ẏ.
   *
   * @param zTangent rows×m; may be the tensor {@link Normalization#normalizedTangent}
   */
  void normalizeTangent(Tensor zTangent, Normalization state);

  /**
   * Tangent of {@link #normalizeBackward}; follows {@link #normalizeTangent}.
   *
   * @param outputAdjointTangent rows×m, tangent of ∂L/∂y
   * @param inputAdjointTangent rows×m, overwritten by the tangent of ∂L/∂z; may be the same tensor
   */
  void normalizeBackwardTangent(
      Tensor outputAdjointTangent, Normalization state, Tensor inputAdjointTangent);

  /**
   * y ← φ((z − mean)/σ) for other examples: with the batch statistics of the last {@link
   * #normalize}, or with each example's own group statistics.
   *
   * @param z any number of rows by m columns
   * @param y as z; may be the same tensor
   */
  void applyNormalization(Tensor z, Normalization state, Tensor y);

  /** y ← φ(x), entry by entry; may be the same tensor. */
  void activate(Activation activation, Tensor x, Tensor y);

  /**
   * result ← φ′(x)∘v: both the tangent of {@link #activate} and its backward pass.
   *
   * @param v as x
   * @param result as x; may be the tensor v
   */
  void activationProduct(Activation activation, Tensor x, Tensor v, Tensor result);

  /**
   * Tangent of the backward pass: result ← φ′(x)∘adjointTangent + φ″(x)∘ẋ∘adjoint.
   *
   * @param adjoint ∂L/∂y, as x
   * @param adjointTangent its tangent, as x
   * @param result as x; may be the tensor adjointTangent
   */
  void activationProductTangent(
      Activation activation,
      Tensor x,
      Tensor xTangent,
      Tensor adjoint,
      Tensor adjointTangent,
      Tensor result);

  /**
   * output ← B(weights, input) + beta·output for the convolution B; beta = 0 ignores output.
   *
   * @param weights filters×patch
   * @param input (n·height·width)×channels, or the same numbers as n×(height·width·channels)
   * @param output (n·outputHeight·outputWidth)×filters, or the same numbers with n rows
   */
  void convolve(Convolution shape, Tensor weights, Tensor input, double beta, Tensor output);

  /**
   * weightAdjoint ← (∂B/∂weights)ᵀ·outputAdjoint + beta·weightAdjoint; shapes as in {@link
   * #convolve}.
   */
  void convolveWeightAdjoint(
      Convolution shape, Tensor input, Tensor outputAdjoint, double beta, Tensor weightAdjoint);

  /**
   * inputAdjoint ← (∂B/∂input)ᵀ·outputAdjoint + beta·inputAdjoint; shapes as in {@link #convolve}.
   */
  void convolveInputAdjoint(
      Convolution shape, Tensor weights, Tensor outputAdjoint, double beta, Tensor inputAdjoint);

  /**
   * output ← the largest entry of each window and channel; the first one counts where several are
   * largest, and NaN is larger than all numbers.
   *
   * @param input (n·height·width)×channels, or the same numbers with n rows
   * @param chosen as output, overwritten by the place of that entry in its window, counted row by
   *     row from 0
   * @param output (n·outputHeight·outputWidth)×channels, or the same numbers with n rows
   */
  void maxPool(Pooling shape, Tensor input, Tensor chosen, Tensor output);

  /** output ← the entries of input at the chosen places: the tangent of {@link #maxPool}. */
  void poolChosen(Pooling shape, Tensor chosen, Tensor input, Tensor output);

  /**
   * The transpose of {@link #poolChosen}: inputAdjoint ← 0 but at the chosen places, where
   * outputAdjoint is added up.
   */
  void unpoolChosen(Pooling shape, Tensor chosen, Tensor outputAdjoint, Tensor inputAdjoint);

  /** output ← the mean of each window and channel; shapes as in {@link #maxPool}. */
  void averagePool(Pooling shape, Tensor input, Tensor output);

  /** The transpose of {@link #averagePool}; overwrites inputAdjoint. */
  void averageUnpool(Pooling shape, Tensor outputAdjoint, Tensor inputAdjoint);

  /**
   * y ← x·diag(factors) + beta·y: every column times its number; beta = 0 ignores y.
   *
   * @param factors 1×m
   * @param x any number of rows by m columns
   * @param y as x; may be the tensor x if beta = 0
   */
  void scaleColumns(Tensor factors, Tensor x, double beta, Tensor y);

  /**
   * sums ← the diagonal of xᵀ·y + beta·sums, accumulated in double precision; beta = 0 ignores
   * sums.
   *
   * @param x any number of rows by m columns
   * @param y as x
   * @param sums 1×m
   */
  void columnDots(Tensor x, Tensor y, double beta, Tensor sums);

  /**
   * w ← v with every row scaled to length 1 (weight normalization: Salimans, Kingma, arXiv
   * 1602.07868, with g = 1).
   *
   * @param v m×d
   * @param inverseNorms 1×m, overwritten by 1/‖row of v‖
   * @param w m×d, overwritten
   */
  void normalizeRows(Tensor v, Tensor inverseNorms, Tensor w);

  /**
   * Jacobian of {@link #normalizeRows}, which is symmetric: result ← J·x with J·x = (x −
   * w⟨w,x⟩)/‖v‖ in every row.
   *
   * @param w m×d, as written by {@link #normalizeRows}, as are inverseNorms
   * @param x m×d
   * @param result m×d, overwritten; may be the tensor x
   */
  void projectRows(Tensor w, Tensor inverseNorms, Tensor x, Tensor result);

  /**
   * Tangent of that Jacobian in the direction v̇, at fixed x: result ← result + J̇·x.
   *
   * @param vTangent m×d
   * @param x m×d
   * @param result m×d, added to
   */
  void projectRowsTangent(Tensor w, Tensor inverseNorms, Tensor vTangent, Tensor x, Tensor result);

  /**
   * Mean loss and its gradient.
   *
   * @param logits n×k
   * @param targets n×k
   * @param predictions n×k, overwritten: softmax of the logits for cross-entropy, else the logits
   * @param gradient n×k, overwritten by ∂L/∂logits
   * @param result overwritten by L, accumulated in double precision
   */
  void loss(
      Loss loss, Tensor logits, Tensor targets, Tensor predictions, Tensor gradient, Scalar result);

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
