package brink.trainer.kernels.cuda;

import static brink.trainer.kernels.cuda.Operand.read;
import static brink.trainer.kernels.cuda.Operand.target;
import static brink.trainer.kernels.cuda.Operand.updated;
import static brink.trainer.kernels.cuda.Operand.written;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Download;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Shapes;
import brink.trainer.kernels.Tensor;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Kernels on a GPU whose tensors of many rows lie in the machine's memory, for more examples than
 * the GPU has room for. Operations on them are done slice by slice, by the kernels of the GPU,
 * while other slices are copied; what is summed over rows is summed within slices first. Results
 * are those of the GPU's own kernels but for that rounding, and repeat bit for bit.
 */
final class SlicedKernels implements Kernels {
  /**
   * Bytes of all tensors of a slice: its copies take milliseconds, a thousand times what it takes
   * to start them. A constant, so that sums do not depend on the device.
   */
  static final long ROOM = 128 << 20;

  /** Bytes of the device's memory that slices take. */
  static final long DEVICE_BYTES = SliceStreams.HALVES * (ROOM + (1 << 20));

  private final CudaKernels whole;
  private final Slices slices;
  private final SlicedSums sums;
  private final SlicedVectors vectors;
  private final SlicedActivations activations;
  private final SlicedNormalization normalization;
  private final SlicedPooling pooling;
  private final SlicedLoss loss;
  private final int fewestRows;

  /**
   * @param fewestRows of tensors that lie in the machine's memory
   */
  SlicedKernels(
      CudaKernels whole,
      Slices slices,
      Sums sums,
      CudaNormalization normalization,
      CudaLoss loss,
      int fewestRows) {
    this.whole = whole;
    this.slices = slices;
    this.sums = new SlicedSums(slices, sums);
    vectors = new SlicedVectors(whole, slices, this.sums);
    activations = new SlicedActivations(whole, slices);
    this.normalization = new SlicedNormalization(slices, this.sums, normalization);
    pooling = new SlicedPooling(whole, slices);
    this.loss = new SlicedLoss(slices, this.sums, loss);
    this.fewestRows = fewestRows;
  }

  @Override
  public Precision precision() {
    return whole.precision();
  }

  @Override
  public double productRoundoff() {
    return whole.productRoundoff();
  }

  @Override
  public <T> T precisely(Supplier<T> work) {
    return whole.precisely(work);
  }

  @Override
  public String arithmetic() {
    return whole.arithmetic();
  }

  @Override
  public OptionalLong memoryBytes() {
    return whole.memoryBytes();
  }

  @Override
  public String device() {
    return SpilledDevice.name(whole.device());
  }

  @Override
  public Tensor allocate(int rows, int columns) {
    boolean small = rows < fewestRows || columns < 1;
    return small ? whole.allocate(rows, columns) : slices.allocate(rows, columns);
  }

  @Override
  public Scalar allocateScalar() {
    return whole.allocateScalar();
  }

  @Override
  public Download allocateDownload(int length) {
    return fewestRows > 1 ? whole.allocateDownload(length) : Kernels.super.allocateDownload(length);
  }

  @Override
  public double dot(Tensor x, Tensor y) {
    return vectors.dot(x, y);
  }

  @Override
  public void dot(Tensor x, Tensor y, Scalar result) {
    vectors.dot(x, y, CudaScalar.of(result));
  }

  @Override
  public void axpy(double a, Tensor x, Tensor y) {
    vectors.axpy(a, x, y);
  }

  @Override
  public void removeComponent(Tensor u, Tensor v) {
    vectors.removeComponent(u, v);
  }

  @Override
  public void scale(double a, Tensor x) {
    vectors.scale(a, x);
  }

  @Override
  public void copy(Tensor from, Tensor to) {
    vectors.copy(from, to);
  }

  @Override
  public void copyColumns(Tensor from, int fromColumn, Tensor to, int toColumn, int columns) {
    vectors.copyColumns(from, fromColumn, to, toColumn, columns);
  }

  /** Slices of the rows of c, or of the terms of its sums; transposes of both factors are whole. */
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
    boolean sumsRows = transposeA && !transposeB;
    double further = sumsRows ? 1 : beta;
    slices.run(
        transposeA ? a.rows() : c.rows(),
        List.of(
            read(a, transposeA && transposeB ? 0 : a.columns()),
            read(b, sumsRows ? b.columns() : 0),
            target(beta, c, transposeA ? 0 : c.columns())),
        (t, slice) ->
            whole.gemm(
                transposeA, transposeB, alpha, t[0], t[1], slice.isFirst() ? beta : further, t[2]));
  }

  @Override
  public void normalize(Tensor z, Normalization state) {
    Shapes.requireSame(z, state.normalized());
    normalization.forward(z, state);
  }

  @Override
  public void normalizeBackward(Normalization state) {
    normalization.backward(state);
  }

  @Override
  public void normalizeTangent(Tensor zTangent, Normalization state) {
    Shapes.requireSame(zTangent, state.normalized());
    normalization.tangent(zTangent, state);
  }

  @Override
  public void normalizeBackwardTangent(
      Tensor outputAdjointTangent, Normalization state, Tensor inputAdjointTangent) {
    Shapes.requireSame(state.normalized(), outputAdjointTangent, inputAdjointTangent);
    normalization.backwardTangent(outputAdjointTangent, state, inputAdjointTangent);
  }

  @Override
  public void applyNormalization(Tensor z, Normalization state, Tensor y) {
    Shapes.requireSame(z, y);
    Shapes.requireSameColumns(z, state.normalized());
    normalization.apply(z, state, y);
  }

  @Override
  public void activate(Activation activation, Tensor x, Tensor y) {
    activations.activate(activation, x, y);
  }

  @Override
  public void activationProduct(Activation activation, Tensor x, Tensor v, Tensor result) {
    activations.product(activation, x, v, result);
  }

  @Override
  public void activationProductTangent(
      Activation activation,
      Tensor x,
      Tensor xTangent,
      Tensor adjoint,
      Tensor adjointTangent,
      Tensor result) {
    activations.productTangent(activation, x, xTangent, adjoint, adjointTangent, result);
  }

  @Override
  public void convolve(
      Convolution shape, Tensor weights, Tensor input, double beta, Tensor output) {
    ConvolutionSize size = ConvolutionSize.of(shape, weights, input, output);
    slices.run(
        size.examples(),
        List.of(read(weights, 0), read(input, size.inputs()), target(beta, output, size.outputs())),
        (t, _) -> whole.convolve(shape, t[0], t[1], beta, t[2]));
  }

  @Override
  public void convolveWeightAdjoint(
      Convolution shape, Tensor input, Tensor outputAdjoint, double beta, Tensor weightAdjoint) {
    ConvolutionSize size = ConvolutionSize.of(shape, weightAdjoint, input, outputAdjoint);
    slices.run(
        size.examples(),
        List.of(
            read(input, size.inputs()),
            read(outputAdjoint, size.outputs()),
            target(beta, weightAdjoint, 0)),
        (t, slice) ->
            whole.convolveWeightAdjoint(shape, t[0], t[1], slice.isFirst() ? beta : 1, t[2]));
  }

  @Override
  public void convolveInputAdjoint(
      Convolution shape, Tensor weights, Tensor outputAdjoint, double beta, Tensor inputAdjoint) {
    ConvolutionSize size = ConvolutionSize.of(shape, weights, inputAdjoint, outputAdjoint);
    slices.run(
        size.examples(),
        List.of(
            read(weights, 0),
            read(outputAdjoint, size.outputs()),
            target(beta, inputAdjoint, size.inputs())),
        (t, _) -> whole.convolveInputAdjoint(shape, t[0], t[1], beta, t[2]));
  }

  @Override
  public void maxPool(Pooling shape, Tensor input, Tensor chosen, Tensor output) {
    pooling.maxPool(shape, input, chosen, output);
  }

  @Override
  public void poolChosen(Pooling shape, Tensor chosen, Tensor input, Tensor output) {
    pooling.poolChosen(shape, chosen, input, output);
  }

  @Override
  public void unpoolChosen(
      Pooling shape, Tensor chosen, Tensor outputAdjoint, Tensor inputAdjoint) {
    pooling.unpoolChosen(shape, chosen, outputAdjoint, inputAdjoint);
  }

  @Override
  public void averagePool(Pooling shape, Tensor input, Tensor output) {
    pooling.averagePool(shape, input, output);
  }

  @Override
  public void averageUnpool(Pooling shape, Tensor outputAdjoint, Tensor inputAdjoint) {
    pooling.averageUnpool(shape, outputAdjoint, inputAdjoint);
  }

  @Override
  public void scaleColumns(Tensor factors, Tensor x, double beta, Tensor y) {
    Shapes.requireSame(x, y);
    Shapes.requireOnePerColumn(factors, x);
    slices.run(
        x.rows(),
        List.of(read(factors, 0), read(x, x.columns()), target(beta, y, y.columns())),
        (t, _) -> whole.scaleColumns(t[0], t[1], beta, t[2]));
  }

  @Override
  public void columnDots(Tensor x, Tensor y, double beta, Tensor dots) {
    Shapes.requireSame(x, y);
    Shapes.requireOnePerColumn(dots, x);
    sums.columnDots(x, y, beta, dots);
  }

  @Override
  public void normalizeRows(Tensor v, Tensor inverseNorms, Tensor w) {
    Shapes.requireSame(v, w);
    Shapes.requireOnePerRow(inverseNorms, v);
    slices.run(
        v.rows(),
        List.of(read(v, v.columns()), written(inverseNorms, 1), written(w, w.columns())),
        (t, _) -> whole.normalizeRows(t[0], t[1], t[2]));
  }

  @Override
  public void projectRows(Tensor w, Tensor inverseNorms, Tensor x, Tensor result) {
    Shapes.requireSame(w, x, result);
    Shapes.requireOnePerRow(inverseNorms, w);
    int d = w.columns();
    slices.run(
        w.rows(),
        List.of(read(w, d), read(inverseNorms, 1), read(x, d), written(result, d)),
        (t, _) -> whole.projectRows(t[0], t[1], t[2], t[3]));
  }

  @Override
  public void projectRowsTangent(
      Tensor w, Tensor inverseNorms, Tensor vTangent, Tensor x, Tensor result) {
    Shapes.requireSame(w, vTangent, x, result);
    Shapes.requireOnePerRow(inverseNorms, w);
    int d = w.columns();
    slices.run(
        w.rows(),
        List.of(
            read(w, d), read(inverseNorms, 1), read(vTangent, d), read(x, d), updated(result, d)),
        (t, _) -> whole.projectRowsTangent(t[0], t[1], t[2], t[3], t[4]));
  }

  @Override
  public void loss(
      Loss kind,
      Tensor logits,
      Tensor targets,
      Tensor predictions,
      Tensor gradient,
      Scalar result) {
    Shapes.requireSame(logits, targets, predictions, gradient);
    loss.evaluate(kind, logits, targets, predictions, gradient, CudaScalar.of(result));
  }

  @Override
  public void lossTangent(
      Loss kind, Tensor predictions, Tensor logitsTangent, Tensor gradientTangent) {
    Shapes.requireSame(predictions, logitsTangent, gradientTangent);
    loss.tangent(kind, predictions, logitsTangent, gradientTangent);
  }

  @Override
  public int countAgreeingRows(Tensor predictions, Tensor targets) {
    Shapes.requireSame(predictions, targets);
    return loss.agreeingRows(predictions, targets);
  }

  /** Closes the kernels of the GPU, whose memory this is. */
  @Override
  public void close() {
    whole.close();
  }
}
