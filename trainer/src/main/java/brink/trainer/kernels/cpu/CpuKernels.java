package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import java.lang.foreign.Arena;

/**
 * Kernels in float64 on the processor: memory outside the Java heap, fused Java loops, matrix
 * products by OpenBLAS (by Java loops where OpenBLAS has no library for the platform; {@link
 * #device} tells). Results repeat bit for bit with the same number of threads.
 *
 * <p>Set the environment variable {@code OMP_WAIT_POLICY=PASSIVE}: OpenBLAS threads that spin while
 * they wait cost up to six times the time on a shared machine.
 */
public final class CpuKernels implements Kernels {
  private static final long CACHE_LINE = 64;

  private final Arena arena = Arena.ofShared();
  private final MatrixProduct product;
  private final String device;

  /** Kernels that use all processors. */
  public CpuKernels() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Kernels that use no more than a number of threads.
   *
   * @param threads upper bound, at least 1; OpenBLAS has one bound for the whole process
   */
  public CpuKernels(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    this(threads, fastestProduct(threads));
  }

  CpuKernels(int threads, MatrixProduct product) {
    this.product = product;
    device = "cpu (" + threads + (threads == 1 ? " thread, " : " threads, ") + product.name() + ")";
  }

  private static MatrixProduct fastestProduct(int threads) {
    try {
      return new OpenBlas(threads);
    } catch (LinkageError missing) {
      return new JavaMatrixProduct();
    }
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT64;
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public Tensor allocate(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("no tensor of " + rows + "×" + columns);
    }
    long bytes = Math.multiplyExact((long) rows * columns, Double.BYTES);
    return new CpuTensor(arena.allocate(bytes, CACHE_LINE), rows, columns);
  }

  @Override
  public double dot(Tensor x, Tensor y) {
    requireSameLength(x, y);
    return Vectors.dot(CpuTensor.of(x).segment(), CpuTensor.of(y).segment(), x.length());
  }

  @Override
  public void axpy(double a, Tensor x, Tensor y) {
    requireSameLength(x, y);
    Vectors.axpy(a, CpuTensor.of(x).segment(), CpuTensor.of(y).segment(), x.length());
  }

  @Override
  public void scale(double a, Tensor x) {
    Vectors.scale(a, CpuTensor.of(x).segment(), x.length());
  }

  @Override
  public void copy(Tensor from, Tensor to) {
    requireSameLength(from, to);
    CpuTensor.of(to).segment().copyFrom(CpuTensor.of(from).segment());
  }

  @Override
  public void gemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    int m = transposeA ? a.columns() : a.rows();
    int k = transposeA ? a.rows() : a.columns();
    int inner = transposeB ? b.columns() : b.rows();
    int n = transposeB ? b.rows() : b.columns();
    if (inner != k || c.rows() != m || c.columns() != n) {
      throw new IllegalArgumentException(
          "cannot write %d×%d · %d×%d into %d×%d".formatted(m, k, inner, n, c.rows(), c.columns()));
    }
    product.multiply(
        transposeA,
        transposeB,
        m,
        n,
        k,
        alpha,
        CpuTensor.of(a).segment(),
        CpuTensor.of(b).segment(),
        beta,
        CpuTensor.of(c).segment());
  }

  @Override
  public void normalize(Tensor z, Normalization state) {
    requireSameShape(z, state.normalized());
    CpuBatchNormalization.forward(z, state);
  }

  @Override
  public void normalizeBackward(Normalization state) {
    CpuBatchNormalization.backward(state);
  }

  @Override
  public void normalizeTangent(Tensor zTangent, Normalization state) {
    requireSameShape(zTangent, state.normalized());
    CpuBatchNormalization.tangent(zTangent, state);
  }

  @Override
  public void normalizeBackwardTangent(
      Tensor outputAdjointTangent, Normalization state, Tensor inputAdjointTangent) {
    requireSameShape(outputAdjointTangent, state.normalized());
    requireSameShape(inputAdjointTangent, state.normalized());
    CpuBatchNormalization.backwardTangent(outputAdjointTangent, state, inputAdjointTangent);
  }

  @Override
  public void applyNormalization(Tensor z, Normalization state, Tensor y) {
    requireSameShape(z, y);
    if (z.columns() != state.mean().columns()) {
      throw new IllegalArgumentException(
          z.columns() + " columns for statistics of " + state.mean().columns());
    }
    CpuBatchNormalization.apply(z, state, y);
  }

  @Override
  public void activate(Activation activation, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void activationProduct(Activation activation, Tensor x, Tensor v, Tensor result) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void activationProductTangent(
      Activation activation,
      Tensor x,
      Tensor xTangent,
      Tensor adjoint,
      Tensor adjointTangent,
      Tensor result) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void convolve(
      Convolution shape, Tensor weights, Tensor input, double beta, Tensor output) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void convolveWeightAdjoint(
      Convolution shape, Tensor input, Tensor outputAdjoint, double beta, Tensor weightAdjoint) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void convolveInputAdjoint(
      Convolution shape, Tensor weights, Tensor outputAdjoint, double beta, Tensor inputAdjoint) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void maxPool(Pooling shape, Tensor input, Tensor chosen, Tensor output) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void poolChosen(Pooling shape, Tensor chosen, Tensor input, Tensor output) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void unpoolChosen(
      Pooling shape, Tensor chosen, Tensor outputAdjoint, Tensor inputAdjoint) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void averagePool(Pooling shape, Tensor input, Tensor output) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void averageUnpool(Pooling shape, Tensor outputAdjoint, Tensor inputAdjoint) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void normalizeRows(Tensor v, Tensor inverseNorms, Tensor w) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void projectRows(Tensor w, Tensor inverseNorms, Tensor x, Tensor result) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public void projectRowsTangent(
      Tensor w, Tensor inverseNorms, Tensor vTangent, Tensor x, Tensor result) {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public double loss(
      Loss loss, Tensor logits, Tensor targets, Tensor predictions, Tensor gradient) {
    requireSameShape(logits, targets);
    requireSameShape(logits, predictions);
    requireSameShape(logits, gradient);
    CpuTensor z = CpuTensor.of(logits);
    CpuTensor t = CpuTensor.of(targets);
    CpuTensor p = CpuTensor.of(predictions);
    CpuTensor g = CpuTensor.of(gradient);
    return switch (loss) {
      case SOFTMAX_CROSS_ENTROPY -> CpuLoss.softmaxCrossEntropy(z, t, p, g);
      case MEAN_SQUARED_ERROR -> CpuLoss.meanSquaredError(z, t, p, g);
    };
  }

  @Override
  public void lossTangent(
      Loss loss, Tensor predictions, Tensor logitsTangent, Tensor gradientTangent) {
    requireSameShape(predictions, logitsTangent);
    requireSameShape(predictions, gradientTangent);
    CpuTensor z = CpuTensor.of(logitsTangent);
    CpuTensor g = CpuTensor.of(gradientTangent);
    switch (loss) {
      case SOFTMAX_CROSS_ENTROPY ->
          CpuLoss.softmaxCrossEntropyTangent(CpuTensor.of(predictions), z, g);
      case MEAN_SQUARED_ERROR -> CpuLoss.meanSquaredErrorTangent(z, g);
    }
  }

  @Override
  public int countAgreeingRows(Tensor predictions, Tensor targets) {
    requireSameShape(predictions, targets);
    return CpuLoss.countAgreeingRows(CpuTensor.of(predictions), CpuTensor.of(targets));
  }

  private static void requireSameShape(Tensor x, Tensor y) {
    if (x.rows() != y.rows() || x.columns() != y.columns()) {
      throw new IllegalArgumentException("shapes differ: " + x + " and " + y);
    }
  }

  private static void requireSameLength(Tensor x, Tensor y) {
    if (x.length() != y.length()) {
      throw new IllegalArgumentException("lengths differ: " + x.length() + " and " + y.length());
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
