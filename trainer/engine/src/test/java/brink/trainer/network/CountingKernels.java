package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Tensor;

/** Kernels that count the numbers they have allocated. */
final class CountingKernels implements Kernels {
  private final Kernels kernels;
  private long allocated;

  CountingKernels(Kernels kernels) {
    this.kernels = kernels;
  }

  long allocated() {
    return allocated;
  }

  @Override
  public Tensor allocate(int rows, int columns) {
    allocated += (long) rows * columns;
    return kernels.allocate(rows, columns);
  }

  @Override
  public Precision precision() {
    return kernels.precision();
  }

  @Override
  public String device() {
    return kernels.device();
  }

  @Override
  public double dot(Tensor x, Tensor y) {
    return kernels.dot(x, y);
  }

  @Override
  public void dot(Tensor x, Tensor y, Scalar result) {
    kernels.dot(x, y, result);
  }

  @Override
  public void axpy(double a, Tensor x, Tensor y) {
    kernels.axpy(a, x, y);
  }

  @Override
  public void scale(double a, Tensor x) {
    kernels.scale(a, x);
  }

  @Override
  public void copyColumns(Tensor from, int fromColumn, Tensor to, int toColumn, int columns) {
    kernels.copyColumns(from, fromColumn, to, toColumn, columns);
  }

  @Override
  public void copy(Tensor from, Tensor to) {
    kernels.copy(from, to);
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
    kernels.gemm(transposeA, transposeB, alpha, a, b, beta, c);
  }

  @Override
  public void normalize(Tensor z, Normalization state) {
    kernels.normalize(z, state);
  }

  @Override
  public void normalizeBackward(Normalization state) {
    kernels.normalizeBackward(state);
  }

  @Override
  public void normalizeTangent(Tensor zTangent, Normalization state) {
    kernels.normalizeTangent(zTangent, state);
  }

  @Override
  public void normalizeBackwardTangent(
      Tensor outputAdjointTangent, Normalization state, Tensor inputAdjointTangent) {
    kernels.normalizeBackwardTangent(outputAdjointTangent, state, inputAdjointTangent);
  }

  @Override
  public void applyNormalization(Tensor z, Normalization state, Tensor y) {
    kernels.applyNormalization(z, state, y);
  }

  @Override
  public void activate(Activation activation, Tensor x, Tensor y) {
    kernels.activate(activation, x, y);
  }

  @Override
  public void activationProduct(Activation activation, Tensor x, Tensor v, Tensor result) {
    kernels.activationProduct(activation, x, v, result);
  }

  @Override
  public void activationProductTangent(
      Activation activation,
      Tensor x,
      Tensor xTangent,
      Tensor adjoint,
      Tensor adjointTangent,
      Tensor result) {
    kernels.activationProductTangent(activation, x, xTangent, adjoint, adjointTangent, result);
  }

  @Override
  public void convolve(
      Convolution shape, Tensor weights, Tensor input, double beta, Tensor output) {
    kernels.convolve(shape, weights, input, beta, output);
  }

  @Override
  public void convolveWeightAdjoint(
      Convolution shape, Tensor input, Tensor outputAdjoint, double beta, Tensor weightAdjoint) {
    kernels.convolveWeightAdjoint(shape, input, outputAdjoint, beta, weightAdjoint);
  }

  @Override
  public void convolveInputAdjoint(
      Convolution shape, Tensor weights, Tensor outputAdjoint, double beta, Tensor inputAdjoint) {
    kernels.convolveInputAdjoint(shape, weights, outputAdjoint, beta, inputAdjoint);
  }

  @Override
  public void maxPool(Pooling shape, Tensor input, Tensor chosen, Tensor output) {
    kernels.maxPool(shape, input, chosen, output);
  }

  @Override
  public void poolChosen(Pooling shape, Tensor chosen, Tensor input, Tensor output) {
    kernels.poolChosen(shape, chosen, input, output);
  }

  @Override
  public void unpoolChosen(
      Pooling shape, Tensor chosen, Tensor outputAdjoint, Tensor inputAdjoint) {
    kernels.unpoolChosen(shape, chosen, outputAdjoint, inputAdjoint);
  }

  @Override
  public void averagePool(Pooling shape, Tensor input, Tensor output) {
    kernels.averagePool(shape, input, output);
  }

  @Override
  public void averageUnpool(Pooling shape, Tensor outputAdjoint, Tensor inputAdjoint) {
    kernels.averageUnpool(shape, outputAdjoint, inputAdjoint);
  }

  @Override
  public void scaleColumns(Tensor factors, Tensor x, double beta, Tensor y) {
    kernels.scaleColumns(factors, x, beta, y);
  }

  @Override
  public void columnDots(Tensor x, Tensor y, double beta, Tensor sums) {
    kernels.columnDots(x, y, beta, sums);
  }

  @Override
  public void normalizeRows(Tensor v, Tensor inverseNorms, Tensor w) {
    kernels.normalizeRows(v, inverseNorms, w);
  }

  @Override
  public void projectRows(Tensor w, Tensor inverseNorms, Tensor x, Tensor result) {
    kernels.projectRows(w, inverseNorms, x, result);
  }

  @Override
  public void projectRowsTangent(
      Tensor w, Tensor inverseNorms, Tensor vTangent, Tensor x, Tensor result) {
    kernels.projectRowsTangent(w, inverseNorms, vTangent, x, result);
  }

  @Override
  public Scalar allocateScalar() {
    return kernels.allocateScalar();
  }

  @Override
  public void loss(
      Loss loss,
      Tensor logits,
      Tensor targets,
      Tensor predictions,
      Tensor gradient,
      Scalar result) {
    kernels.loss(loss, logits, targets, predictions, gradient, result);
  }

  @Override
  public void lossTangent(
      Loss loss, Tensor predictions, Tensor logitsTangent, Tensor gradientTangent) {
    kernels.lossTangent(loss, predictions, logitsTangent, gradientTangent);
  }

  @Override
  public int countAgreeingRows(Tensor predictions, Tensor targets) {
    return kernels.countAgreeingRows(predictions, targets);
  }

  @Override
  public void close() {
    kernels.close();
  }
}
