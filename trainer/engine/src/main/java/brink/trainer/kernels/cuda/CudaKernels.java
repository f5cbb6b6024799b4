package brink.trainer.kernels.cuda;

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
import brink.trainer.kernels.VectorMap;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Kernels on one NVIDIA GPU: our own for all that is no product, cuBLAS for matrix products, cuDNN
 * for convolutions in float32. Work is queued, and waited for only where a number comes back.
 * Results repeat bit for bit on the same kind of device with the same versions of the libraries.
 */
public final class CudaKernels implements Kernels {
  private final Device device;
  private final Arithmetic arithmetic;
  private final Launcher launcher;
  private final Transfers transfers;
  private final Sums sums;
  private final CudaVectors vectors;
  private final CudaActivations activations;
  private final CuBlas blas;
  private final CudaNormalization normalization;
  private final CudaRows rows;
  private final CudaLoss loss;
  private final Convolutions convolutions;
  private final ProductAccuracy productAccuracy;

  private CudaKernels(LibraryFolders folders, Device device, Arithmetic arithmetic) {
    this.device = device;
    this.arithmetic = arithmetic;
    launcher = new Launcher(device, arithmetic.precision());
    transfers = new Transfers(device);
    DeviceScratch scratch = new DeviceScratch(device);
    sums = new Sums(device, launcher, scratch);
    vectors = new CudaVectors(device, launcher, sums);
    activations = new CudaActivations(launcher);
    blas = CuBlas.open(folders, device, arithmetic);
    normalization = new CudaNormalization(launcher, sums);
    rows = new CudaRows(launcher);
    loss = new CudaLoss(launcher, sums);
    convolutions =
        new Convolutions(
            folders, device, scratch, arithmetic, new PatchConvolution(launcher, blas, scratch));
    productAccuracy = new ProductAccuracy(device, arithmetic, blas, convolutions);
  }

  /**
   * Kernels on a device; the caller closes them.
   *
   * @param ordinal number of the device, from 0 on
   * @throws CudaException if the driver, the device or cuBLAS is missing or too old
   */
  public static CudaKernels open(LibraryFolders folders, int ordinal, Arithmetic arithmetic) {
    Driver driver = Driver.open(folders);
    Device device = new Device(driver, CudaDevices.of(driver).usable(ordinal));
    try {
      return new CudaKernels(folders, device, arithmetic);
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  @Override
  public Precision precision() {
    return arithmetic.precision();
  }

  @Override
  public double productRoundoff() {
    return arithmetic.productRoundoff();
  }

  @Override
  public String arithmetic() {
    return arithmetic.label();
  }

  @Override
  public <T> T precisely(Supplier<T> work) {
    return productAccuracy.precisely(work);
  }

  @Override
  public OptionalLong memoryBytes() {
    return OptionalLong.of(device.usableBytes());
  }

  @Override
  public OptionalLong memoryBytesBesideSpilled() {
    return OptionalLong.of(Math.max(0, memoryBytes().orElseThrow() - SlicedKernels.DEVICE_BYTES));
  }

  @Override
  public Kernels spilling(int rows) {
    return spilling(rows, SlicedKernels.ROOM);
  }

  /**
   * As {@link #spilling(int)}, with other slices.
   *
   * @param room bytes of all tensors of a slice, if it has more than one example
   */
  SlicedKernels spilling(int rows, long room) {
    SliceStreams streams = new SliceStreams(device);
    Slices slices = new Slices(streams, transfers, precision(), new DeviceScratch(device), room);
    return new SlicedKernels(this, slices, sums, normalization, loss, rows);
  }

  /** Such as "cuda:0 (NVIDIA H200, cuBLAS 13.1.0)". */
  @Override
  public String device() {
    return "%s (%s, %s)".formatted(device.info().id(), device.info().name(), blas.version());
  }

  @Override
  public CudaTensor allocate(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("no tensor of " + rows + "×" + columns);
    }
    long bytes = Math.multiplyExact((long) rows * columns, precision().bytes());
    return new CudaTensor(transfers, precision(), device.allocateZeros(bytes), rows, columns);
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
    blas.multiply(
        transposeA, transposeB, alpha, CudaTensor.of(a), CudaTensor.of(b), beta, CudaTensor.of(c));
  }

  @Override
  public void normalize(Tensor z, Normalization state) {
    Shapes.requireSame(z, state.normalized());
    normalization.forward(CudaTensor.of(z), state);
  }

  @Override
  public void normalizeBackward(Normalization state) {
    normalization.backward(state);
  }

  @Override
  public void normalizeTangent(Tensor zTangent, Normalization state) {
    Shapes.requireSame(zTangent, state.normalized());
    normalization.tangent(CudaTensor.of(zTangent), state);
  }

  @Override
  public void normalizeBackwardTangent(
      Tensor outputAdjointTangent, Normalization state, Tensor inputAdjointTangent) {
    Shapes.requireSame(state.normalized(), outputAdjointTangent, inputAdjointTangent);
    CudaTensor to = CudaTensor.of(inputAdjointTangent);
    normalization.backwardTangent(CudaTensor.of(outputAdjointTangent), state, to);
  }

  @Override
  public void applyNormalization(Tensor z, Normalization state, Tensor y) {
    Shapes.requireSame(z, y);
    Shapes.requireSameColumns(z, state.normalized());
    normalization.apply(CudaTensor.of(z), state, CudaTensor.of(y));
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
    convolutions.forward(shape, weights, input, beta, output);
  }

  @Override
  public void convolveWeightAdjoint(
      Convolution shape, Tensor input, Tensor outputAdjoint, double beta, Tensor weightAdjoint) {
    convolutions.weightAdjoint(shape, input, outputAdjoint, beta, weightAdjoint);
  }

  @Override
  public void convolveInputAdjoint(
      Convolution shape, Tensor weights, Tensor outputAdjoint, double beta, Tensor inputAdjoint) {
    convolutions.inputAdjoint(shape, weights, outputAdjoint, beta, inputAdjoint);
  }

  @Override
  public void maxPool(Pooling shape, Tensor input, Tensor chosen, Tensor output) {
    Shapes.requireSameLength(chosen, output);
    pooling(shape, input, output).pool("max_pool", input, chosen, output);
  }

  @Override
  public void poolChosen(Pooling shape, Tensor chosen, Tensor input, Tensor output) {
    Shapes.requireSameLength(chosen, output);
    pooling(shape, input, output).pool("pool_chosen", chosen, input, output);
  }

  @Override
  public void unpoolChosen(
      Pooling shape, Tensor chosen, Tensor outputAdjoint, Tensor inputAdjoint) {
    Shapes.requireSameLength(chosen, outputAdjoint);
    pooling(shape, inputAdjoint, outputAdjoint)
        .unpool("unpool_chosen", chosen, outputAdjoint, inputAdjoint);
  }

  @Override
  public void averagePool(Pooling shape, Tensor input, Tensor output) {
    pooling(shape, input, output).pool("average_pool", input, output);
  }

  @Override
  public void averageUnpool(Pooling shape, Tensor outputAdjoint, Tensor inputAdjoint) {
    pooling(shape, inputAdjoint, outputAdjoint)
        .unpool("average_unpool", outputAdjoint, inputAdjoint);
  }

  private CudaPooling pooling(Pooling shape, Tensor input, Tensor output) {
    return new CudaPooling(launcher, shape, CudaTensor.of(input), CudaTensor.of(output));
  }

  @Override
  public void scaleColumns(Tensor factors, Tensor x, double beta, Tensor y) {
    Shapes.requireSame(x, y);
    Shapes.requireOnePerColumn(factors, x);
    Grid grid = Grid.columns(x.rows(), x.columns());
    launcher.launch("scale_columns", grid, (long) x.rows(), x.columns(), factors, x, beta, y);
  }

  @Override
  public void columnDots(Tensor x, Tensor y, double beta, Tensor dots) {
    Shapes.requireSame(x, y);
    Shapes.requireOnePerColumn(dots, x);
    long totals = sums.means(new ColumnSums("column_dots", 1, x, y), x.rows(), x.columns(), 1);
    sums.add(totals, beta, dots);
  }

  @Override
  public void normalizeRows(Tensor v, Tensor inverseNorms, Tensor w) {
    Shapes.requireSame(v, w);
    Shapes.requireOnePerRow(inverseNorms, v);
    rows.normalize(v, inverseNorms, w);
  }

  @Override
  public void projectRows(Tensor w, Tensor inverseNorms, Tensor x, Tensor result) {
    Shapes.requireSame(w, x, result);
    Shapes.requireOnePerRow(inverseNorms, w);
    rows.project(w, inverseNorms, x, result);
  }

  @Override
  public void projectRowsTangent(
      Tensor w, Tensor inverseNorms, Tensor vTangent, Tensor x, Tensor result) {
    Shapes.requireSame(w, vTangent, x, result);
    Shapes.requireOnePerRow(inverseNorms, w);
    rows.projectTangent(w, inverseNorms, vTangent, x, result);
  }

  @Override
  public Scalar allocateScalar() {
    return sums.allocate();
  }

  @Override
  public Download allocateDownload(int length) {
    return new CudaDownload(device, allocate(1, length));
  }

  @Override
  public Runnable recorded(Runnable work) {
    return new RecordedWork(device, work);
  }

  @Override
  public VectorMap recorded(int length, VectorMap work) {
    return RecordedWork.ofVectors(device, this, length, work);
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
    loss.evaluate(
        kind,
        logits.rows(),
        CudaTensor.of(logits),
        targets,
        predictions,
        gradient,
        CudaScalar.of(result).overwritten());
  }

  @Override
  public void lossTangent(
      Loss kind, Tensor predictions, Tensor logitsTangent, Tensor gradientTangent) {
    Shapes.requireSame(predictions, logitsTangent, gradientTangent);
    loss.tangent(
        kind,
        predictions.rows(),
        CudaTensor.of(predictions),
        CudaTensor.of(logitsTangent),
        CudaTensor.of(gradientTangent));
  }

  @Override
  public int countAgreeingRows(Tensor predictions, Tensor targets) {
    Shapes.requireSame(predictions, targets);
    return loss.agreeingRows(CudaTensor.of(predictions), CudaTensor.of(targets));
  }

  @Override
  public void close() {
    device.close();
  }
}
