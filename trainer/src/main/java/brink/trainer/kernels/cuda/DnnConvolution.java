package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Convolution;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Convolutions by cuDNN, and by other means where it has no deterministic algorithm. */
final class DnnConvolution implements CudaConvolution {
  // cuDNN indexes tensors by 32 bits.
  private static final long MOST_ENTRIES = Integer.MAX_VALUE;

  private final CuDnn dnn;
  private final Scratch scratch;
  private final int math;
  private final CudaConvolution otherwise;
  private final Slots factors;
  private final Map<Key, Optional<DnnPlan>> plans = new HashMap<>();

  private record Key(Convolution shape, int examples, DnnPlan.Product product) {}

  DnnConvolution(
      CuDnn dnn, Device device, Scratch scratch, Arithmetic arithmetic, CudaConvolution otherwise) {
    this.dnn = dnn;
    this.scratch = scratch;
    this.otherwise = otherwise;
    math = arithmetic.dnnMath();
    factors = new Slots(device.arena(), 2);
  }

  @Override
  public void forward(
      ConvolutionSize size, CudaTensor weights, CudaTensor input, double beta, CudaTensor output) {
    if (lacks(size, DnnPlan.Product.FORWARD)) {
      otherwise.forward(size, weights, input, beta, output);
      return;
    }
    size.each(
        atOnce(size),
        (first, count) -> {
          DnnPlan plan = plan(size, count, DnnPlan.Product.FORWARD).orElseThrow();
          dnn.call(
              "cudnnConvolutionForward",
              dnn.handle(),
              factor(0, 1),
              plan.images(),
              input.from(first * size.inputs()),
              plan.filters(),
              weights.address(),
              plan.convolution(),
              plan.algorithm(),
              workspace(plan),
              plan.workspace(),
              factor(1, beta),
              plan.outputs(),
              output.from(first * size.outputs()));
        });
  }

  @Override
  public void weightAdjoint(
      ConvolutionSize size,
      CudaTensor input,
      CudaTensor outputAdjoint,
      double beta,
      CudaTensor weightAdjoint) {
    if (lacks(size, DnnPlan.Product.WEIGHT_ADJOINT)) {
      otherwise.weightAdjoint(size, input, outputAdjoint, beta, weightAdjoint);
      return;
    }
    size.each(
        atOnce(size),
        (first, count) -> {
          DnnPlan plan = plan(size, count, DnnPlan.Product.WEIGHT_ADJOINT).orElseThrow();
          dnn.call(
              "cudnnConvolutionBackwardFilter",
              dnn.handle(),
              factor(0, 1),
              plan.images(),
              input.from(first * size.inputs()),
              plan.outputs(),
              outputAdjoint.from(first * size.outputs()),
              plan.convolution(),
              plan.algorithm(),
              workspace(plan),
              plan.workspace(),
              factor(1, first == 0 ? beta : 1),
              plan.filters(),
              weightAdjoint.address());
        });
  }

  @Override
  public void inputAdjoint(
      ConvolutionSize size,
      CudaTensor weights,
      CudaTensor outputAdjoint,
      double beta,
      CudaTensor inputAdjoint) {
    if (lacks(size, DnnPlan.Product.INPUT_ADJOINT)) {
      otherwise.inputAdjoint(size, weights, outputAdjoint, beta, inputAdjoint);
      return;
    }
    size.each(
        atOnce(size),
        (first, count) -> {
          DnnPlan plan = plan(size, count, DnnPlan.Product.INPUT_ADJOINT).orElseThrow();
          dnn.call(
              "cudnnConvolutionBackwardData",
              dnn.handle(),
              factor(0, 1),
              plan.filters(),
              weights.address(),
              plan.outputs(),
              outputAdjoint.from(first * size.outputs()),
              plan.convolution(),
              plan.algorithm(),
              workspace(plan),
              plan.workspace(),
              factor(1, beta),
              plan.images(),
              inputAdjoint.from(first * size.inputs()));
        });
  }

  private static int atOnce(ConvolutionSize size) {
    long most = MOST_ENTRIES / Math.max(size.inputs(), size.outputs());
    return Math.clamp(most, 1, size.examples());
  }

  /** Whether a product lacks a plan for the whole or for the rest of the examples. */
  private boolean lacks(ConvolutionSize size, DnnPlan.Product product) {
    int rest = size.examples() % atOnce(size);
    return plan(size, atOnce(size), product).isEmpty()
        || (rest > 0 && plan(size, rest, product).isEmpty());
  }

  private Optional<DnnPlan> plan(ConvolutionSize size, int examples, DnnPlan.Product product) {
    return plans.computeIfAbsent(
        new Key(size.shape(), examples, product),
        key ->
            Optional.ofNullable(DnnPlan.of(dnn, key.shape(), key.examples(), math, key.product())));
  }

  private long workspace(DnnPlan plan) {
    return plan.workspace() == 0 ? 0 : scratch.bytes(Scratch.Use.WORKSPACE, plan.workspace());
  }

  private long factor(int slot, double value) {
    factors.set(slot, (float) value);
    return factors.address(slot);
  }
}
