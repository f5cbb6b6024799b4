package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Shapes;
import brink.trainer.kernels.Tensor;
import java.lang.foreign.Arena;

/**
 * Kernels on the processor: memory outside the Java heap, fused Java loops in double precision over
 * numbers that are kept in float32 or float64, matrix products by OpenBLAS (by Java loops where
 * OpenBLAS has no library for the platform; {@link #device} tells). A team of threads shares every
 * operation that is worth it. Results repeat bit for bit with the same number of threads.
 */
public final class CpuKernels implements Kernels {
  private static final long CACHE_LINE = 64;

  private final Arena arena = Arena.ofShared();
  private final Precision precision;
  private final MatrixProduct product;
  private final Team team;
  private final String device;

  /** Kernels in float64 that use all processors. */
  public CpuKernels() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Kernels in float64.
   *
   * @param threads number of threads, at least 1
   */
  public CpuKernels(int threads) {
    this(Precision.FLOAT64, threads);
  }

  /**
   * Kernels in any precision.
   *
   * @param threads number of threads, at least 1
   */
  public CpuKernels(Precision precision, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    this(precision, threads, fastestProduct());
  }

  CpuKernels(Precision precision, int threads, MatrixProduct product) {
    this.precision = precision;
    this.product = product;
    team = new Team(threads);
    device = "cpu (" + threads + (threads == 1 ? " thread, " : " threads, ") + product.name() + ")";
  }

  private static MatrixProduct fastestProduct() {
    try {
      return new OpenBlas();
    } catch (LinkageError missing) {
      return new JavaMatrixProduct();
    }
  }

  @Override
  public Precision precision() {
    return precision;
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
    long bytes = Math.multiplyExact((long) rows * columns, precision.bytes());
    return new CpuTensor(precision, arena.allocate(bytes, CACHE_LINE), rows, columns);
  }

  @Override
  public double dot(Tensor x, Tensor y) {
    Shapes.requireSameLength(x, y);
    return Vectors.dot(team, CpuTensor.of(x), CpuTensor.of(y));
  }

  @Override
  public void dot(Tensor x, Tensor y, Scalar result) {
    CpuScalar.of(result).set(dot(x, y));
  }

  @Override
  public void axpy(double a, Tensor x, Tensor y) {
    Shapes.requireSameLength(x, y);
    Vectors.axpy(team, a, CpuTensor.of(x), CpuTensor.of(y));
  }

  @Override
  public void scale(double a, Tensor x) {
    Vectors.scale(team, a, CpuTensor.of(x));
  }

  @Override
  public void copy(Tensor from, Tensor to) {
    Shapes.requireSameLength(from, to);
    CpuTensor.of(to).segment().copyFrom(CpuTensor.of(from).segment());
  }

  @Override
  public void copyColumns(Tensor from, int fromColumn, Tensor to, int toColumn, int columns) {
    Shapes.requireColumns(from, fromColumn, to, toColumn, columns);
    CpuColumns.copy(team, CpuTensor.of(from), fromColumn, CpuTensor.of(to), toColumn, columns);
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
    Shapes.requireProduct(transposeA, transposeB, a, b, c);
    int m = transposeA ? a.columns() : a.rows();
    int k = transposeA ? a.rows() : a.columns();
    int n = transposeB ? b.rows() : b.columns();
    new SharedProduct(team, product, transposeA, transposeB, m, n, k)
        .multiply(alpha, CpuTensor.of(a), CpuTensor.of(b), beta, CpuTensor.of(c));
  }

  @Override
  public void normalize(Tensor z, Normalization state) {
    Shapes.requireSame(z, state.normalized());
    CpuTensor input = CpuTensor.of(z);
    CpuNormalization.run(team, state, z.rows(), rows -> rows.forward(input));
  }

  @Override
  public void normalizeBackward(Normalization state) {
    CpuNormalization.run(team, state, state.normalized().rows(), CpuNormalization::backward);
  }

  @Override
  public void normalizeTangent(Tensor zTangent, Normalization state) {
    Shapes.requireSame(zTangent, state.normalized());
    CpuTensor tangent = CpuTensor.of(zTangent);
    CpuNormalization.run(team, state, zTangent.rows(), rows -> rows.tangent(tangent));
  }

  @Override
  public void normalizeBackwardTangent(
      Tensor outputAdjointTangent, Normalization state, Tensor inputAdjointTangent) {
    Shapes.requireSame(outputAdjointTangent, state.normalized());
    Shapes.requireSame(inputAdjointTangent, state.normalized());
    CpuTensor from = CpuTensor.of(outputAdjointTangent);
    CpuTensor to = CpuTensor.of(inputAdjointTangent);
    CpuNormalization.run(team, state, from.rows(), rows -> rows.backwardTangent(from, to));
  }

  @Override
  public void applyNormalization(Tensor z, Normalization state, Tensor y) {
    Shapes.requireSame(z, y);
    Shapes.requireSameColumns(z, state.normalized());
    CpuTensor from = CpuTensor.of(z);
    CpuTensor to = CpuTensor.of(y);
    CpuNormalization.run(team, state, z.rows(), rows -> rows.apply(from, to));
  }

  @Override
  public void activate(Activation activation, Tensor x, Tensor y) {
    Shapes.requireSameLength(x, y);
    CpuActivation.values(team, activation, CpuTensor.of(x), CpuTensor.of(y));
  }

  @Override
  public void activationProduct(Activation activation, Tensor x, Tensor v, Tensor result) {
    Shapes.requireSameLength(x, v, result);
    CpuActivation.product(team, activation, CpuTensor.of(x), CpuTensor.of(v), CpuTensor.of(result));
  }

  @Override
  public void activationProductTangent(
      Activation activation,
      Tensor x,
      Tensor xTangent,
      Tensor adjoint,
      Tensor adjointTangent,
      Tensor result) {
    Shapes.requireSameLength(x, xTangent, adjoint, adjointTangent, result);
    CpuActivation.productTangent(
        team,
        activation,
        CpuTensor.of(x),
        CpuTensor.of(xTangent),
        CpuTensor.of(adjoint),
        CpuTensor.of(adjointTangent),
        CpuTensor.of(result));
  }

  @Override
  public void convolve(
      Convolution shape, Tensor weights, Tensor input, double beta, Tensor output) {
    convolution(shape, weights, input, output)
        .forward(CpuTensor.of(weights), CpuTensor.of(input), beta, CpuTensor.of(output));
  }

  @Override
  public void convolveWeightAdjoint(
      Convolution shape, Tensor input, Tensor outputAdjoint, double beta, Tensor weightAdjoint) {
    convolution(shape, weightAdjoint, input, outputAdjoint)
        .weightAdjoint(
            CpuTensor.of(input), CpuTensor.of(outputAdjoint), beta, CpuTensor.of(weightAdjoint));
  }

  @Override
  public void convolveInputAdjoint(
      Convolution shape, Tensor weights, Tensor outputAdjoint, double beta, Tensor inputAdjoint) {
    convolution(shape, weights, inputAdjoint, outputAdjoint)
        .inputAdjoint(
            CpuTensor.of(weights), CpuTensor.of(outputAdjoint), beta, CpuTensor.of(inputAdjoint));
  }

  private CpuConvolution convolution(
      Convolution shape, Tensor weights, Tensor input, Tensor output) {
    if (weights.rows() != shape.filters() || weights.columns() != shape.patch()) {
      throw new IllegalArgumentException(
          "weights of %d×%d for %d filters of %d"
              .formatted(weights.rows(), weights.columns(), shape.filters(), shape.patch()));
    }
    return new CpuConvolution(
        team, product, arena, shape, CpuTensor.of(input), CpuTensor.of(output));
  }

  @Override
  public void maxPool(Pooling shape, Tensor input, Tensor chosen, Tensor output) {
    Shapes.requireSameLength(chosen, output);
    pooling(shape, input, output)
        .largest(CpuTensor.of(input), CpuTensor.of(chosen), CpuTensor.of(output));
  }

  @Override
  public void poolChosen(Pooling shape, Tensor chosen, Tensor input, Tensor output) {
    Shapes.requireSameLength(chosen, output);
    pooling(shape, input, output)
        .chosen(CpuTensor.of(chosen), CpuTensor.of(input), CpuTensor.of(output));
  }

  @Override
  public void unpoolChosen(
      Pooling shape, Tensor chosen, Tensor outputAdjoint, Tensor inputAdjoint) {
    Shapes.requireSameLength(chosen, outputAdjoint);
    CpuTensor.of(inputAdjoint).segment().fill((byte) 0);
    pooling(shape, inputAdjoint, outputAdjoint)
        .addToChosen(CpuTensor.of(chosen), CpuTensor.of(outputAdjoint), CpuTensor.of(inputAdjoint));
  }

  @Override
  public void averagePool(Pooling shape, Tensor input, Tensor output) {
    pooling(shape, input, output).average(CpuTensor.of(input), CpuTensor.of(output));
  }

  @Override
  public void averageUnpool(Pooling shape, Tensor outputAdjoint, Tensor inputAdjoint) {
    CpuTensor.of(inputAdjoint).segment().fill((byte) 0);
    pooling(shape, inputAdjoint, outputAdjoint)
        .spread(CpuTensor.of(outputAdjoint), CpuTensor.of(inputAdjoint));
  }

  private CpuPooling pooling(Pooling shape, Tensor input, Tensor output) {
    return new CpuPooling(team, shape, CpuTensor.of(input), CpuTensor.of(output));
  }

  @Override
  public void scaleColumns(Tensor factors, Tensor x, double beta, Tensor y) {
    Shapes.requireSame(x, y);
    Shapes.requireOnePerColumn(factors, x);
    CpuColumns.scale(team, CpuTensor.of(factors), CpuTensor.of(x), beta, CpuTensor.of(y));
  }

  @Override
  public void columnDots(Tensor x, Tensor y, double beta, Tensor sums) {
    Shapes.requireSame(x, y);
    Shapes.requireOnePerColumn(sums, x);
    CpuColumns.dot(team, CpuTensor.of(x), CpuTensor.of(y), beta, CpuTensor.of(sums));
  }

  @Override
  public void normalizeRows(Tensor v, Tensor inverseNorms, Tensor w) {
    Shapes.requireSame(v, w);
    Shapes.requireOnePerRow(inverseNorms, v);
    CpuRows.normalize(team, CpuTensor.of(v), CpuTensor.of(inverseNorms), CpuTensor.of(w));
  }

  @Override
  public void projectRows(Tensor w, Tensor inverseNorms, Tensor x, Tensor result) {
    Shapes.requireSame(w, x, result);
    Shapes.requireOnePerRow(inverseNorms, w);
    CpuRows.project(
        team, CpuTensor.of(w), CpuTensor.of(inverseNorms), CpuTensor.of(x), CpuTensor.of(result));
  }

  @Override
  public void projectRowsTangent(
      Tensor w, Tensor inverseNorms, Tensor vTangent, Tensor x, Tensor result) {
    Shapes.requireSame(w, vTangent, x, result);
    Shapes.requireOnePerRow(inverseNorms, w);
    CpuRows.projectTangent(
        team,
        CpuTensor.of(w),
        CpuTensor.of(inverseNorms),
        CpuTensor.of(vTangent),
        CpuTensor.of(x),
        CpuTensor.of(result));
  }

  @Override
  public Scalar allocateScalar() {
    return new CpuScalar();
  }

  @Override
  public void loss(
      Loss loss,
      Tensor logits,
      Tensor targets,
      Tensor predictions,
      Tensor gradient,
      Scalar result) {
    Shapes.requireSame(logits, targets, predictions, gradient);
    CpuTensor z = CpuTensor.of(logits);
    CpuTensor t = CpuTensor.of(targets);
    CpuTensor p = CpuTensor.of(predictions);
    CpuTensor g = CpuTensor.of(gradient);
    CpuScalar.of(result)
        .set(
            switch (loss) {
              case SOFTMAX_CROSS_ENTROPY -> CpuLoss.softmaxCrossEntropy(team, z, t, p, g);
              case MEAN_SQUARED_ERROR -> CpuLoss.meanSquaredError(team, z, t, p, g);
            });
  }

  @Override
  public void lossTangent(
      Loss loss, Tensor predictions, Tensor logitsTangent, Tensor gradientTangent) {
    Shapes.requireSame(predictions, logitsTangent, gradientTangent);
    CpuTensor z = CpuTensor.of(logitsTangent);
    CpuTensor g = CpuTensor.of(gradientTangent);
    switch (loss) {
      case SOFTMAX_CROSS_ENTROPY ->
          CpuLoss.softmaxCrossEntropyTangent(team, CpuTensor.of(predictions), z, g);
      case MEAN_SQUARED_ERROR -> CpuLoss.meanSquaredErrorTangent(team, z, g);
    }
  }

  @Override
  public int countAgreeingRows(Tensor predictions, Tensor targets) {
    Shapes.requireSame(predictions, targets);
    return CpuLoss.countAgreeingRows(team, CpuTensor.of(predictions), CpuTensor.of(targets));
  }

  @Override
  public void close() {
    team.close();
    arena.close();
  }
}
