package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Convolutions by cuDNN, and by other means what it has no deterministic algorithm for. */
final class DnnConvolution implements CudaConvolution {
  private static final Logger log = LoggerFactory.getLogger(DnnConvolution.class);

  // cuDNN indexes tensors by 32 bits.
  private static final long MOST_ENTRIES = Integer.MAX_VALUE;

  private final CuDnn dnn;
  private final DeviceScratch scratch;
  private final int math;
  private final CudaConvolution otherwise;
  private final Slots factors;
  private final Map<Key, Optional<DnnPlan>> plans = new HashMap<>();

  // Kernels of cuDNN load vectors of so many bytes.
  private static final int ALIGNMENT = 16;

  private record Key(Convolution shape, int examples, DnnPlan.Product product, boolean isAligned) {}

  DnnConvolution(
      CuDnn dnn,
      Device device,
      DeviceScratch scratch,
      Arithmetic arithmetic,
      CudaConvolution otherwise) {
    this.dnn = dnn;
    this.scratch = scratch;
    this.otherwise = otherwise;
    math = arithmetic.dnnMath();
    factors = new Slots(device.arena(), 2);
  }

  @Override
  public void forward(
      ConvolutionSize size, CudaTensor weights, CudaTensor input, double beta, CudaTensor output) {
    size.each(
        atOnce(size),
        (first, count) -> {
          CudaTensor x = part(input, first, count, size.inputs());
          CudaTensor y = part(output, first, count, size.outputs());
          boolean queued =
              queues(
                  key(size, count, DnnPlan.Product.FORWARD, weights, x, y),
                  plan ->
                      arguments(
                          plan,
                          plan.images(),
                          x,
                          plan.filters(),
                          weights,
                          beta,
                          plan.outputs(),
                          y));
          if (!queued) {
            otherwise.forward(new ConvolutionSize(size.shape(), count), weights, x, beta, y);
          }
        });
  }

  @Override
  public void weightAdjoint(
      ConvolutionSize size,
      CudaTensor input,
      CudaTensor outputAdjoint,
      double beta,
      CudaTensor weightAdjoint) {
    size.each(
        atOnce(size),
        (first, count) -> {
          CudaTensor x = part(input, first, count, size.inputs());
          CudaTensor y = part(outputAdjoint, first, count, size.outputs());
          double factor = first == 0 ? beta : 1;
          boolean queued =
              queues(
                  key(size, count, DnnPlan.Product.WEIGHT_ADJOINT, weightAdjoint, x, y),
                  plan ->
                      arguments(
                          plan,
                          plan.images(),
                          x,
                          plan.outputs(),
                          y,
                          factor,
                          plan.filters(),
                          weightAdjoint));
          if (!queued) {
            ConvolutionSize some = new ConvolutionSize(size.shape(), count);
            otherwise.weightAdjoint(some, x, y, factor, weightAdjoint);
          }
        });
  }

  @Override
  public void inputAdjoint(
      ConvolutionSize size,
      CudaTensor weights,
      CudaTensor outputAdjoint,
      double beta,
      CudaTensor inputAdjoint) {
    size.each(
        atOnce(size),
        (first, count) -> {
          CudaTensor x = part(inputAdjoint, first, count, size.inputs());
          CudaTensor y = part(outputAdjoint, first, count, size.outputs());
          boolean queued =
              queues(
                  key(size, count, DnnPlan.Product.INPUT_ADJOINT, weights, x, y),
                  plan ->
                      arguments(
                          plan,
                          plan.filters(),
                          weights,
                          plan.outputs(),
                          y,
                          beta,
                          plan.images(),
                          x));
          if (!queued) {
            otherwise.inputAdjoint(new ConvolutionSize(size.shape(), count), weights, y, beta, x);
          }
        });
  }

  private static int atOnce(ConvolutionSize size) {
    long most = MOST_ENTRIES / Math.max(size.inputs(), size.outputs());
    return Math.clamp(most, 1, size.examples());
  }

  /** Some adjacent examples. */
  private static CudaTensor part(CudaTensor images, int first, int count, long entries) {
    Tensor part = images.view(first * entries, count, Math.toIntExact(entries));
    return CudaTensor.of(part);
  }

  private static Key key(
      ConvolutionSize size, int count, DnnPlan.Product product, CudaTensor... operands) {
    boolean isAligned =
        Arrays.stream(operands).allMatch(operand -> operand.address() % ALIGNMENT == 0);
    return new Key(size.shape(), count, product, isAligned);
  }

  /** Whether cuDNN does a product, which it may refuse as late as when it is to do it. */
  private boolean queues(Key key, Function<DnnPlan, Object[]> arguments) {
    Optional<DnnPlan> plan = plans.computeIfAbsent(key, this::plan);
    if (plan.isEmpty()) {
      return false;
    }
    boolean queued = dnn.queues(key.product().function(), arguments.apply(plan.get()));
    if (!queued) {
      plans.put(key, none(key));
    }
    return queued;
  }

  /**
   * result ← product of two operands + beta·result, as all of cuDNN's functions take it.
   *
   * @param first descriptor of the operand behind it, as are second and third
   */
  private Object[] arguments(
      DnnPlan plan,
      long first,
      CudaTensor left,
      long second,
      CudaTensor right,
      double beta,
      long third,
      CudaTensor result) {
    return new Object[] {
      dnn.handle(),
      factor(0, 1),
      first,
      left.address(),
      second,
      right.address(),
      plan.convolution(),
      plan.algorithm(),
      workspace(plan),
      plan.workspace(),
      factor(1, beta),
      third,
      result.address()
    };
  }

  private Optional<DnnPlan> plan(Key key) {
    DnnPlan plan =
        key.isAligned() ? DnnPlan.of(dnn, key.shape(), key.examples(), math, key.product()) : null;
    return plan == null ? none(key) : Optional.of(plan);
  }

  private static Optional<DnnPlan> none(Key key) {
    log.warn(
        "cuDNN has no deterministic {} for {} examples of {}{}: cuBLAS takes its place",
        key.product().function(),
        key.examples(),
        key.shape(),
        key.isAligned() ? "" : " at addresses that are no multiples of 16");
    return Optional.empty();
  }

  private long workspace(DnnPlan plan) {
    return plan.workspace() == 0 ? 0 : scratch.bytes(DeviceScratch.Use.WORKSPACE, plan.workspace());
  }

  private long factor(int slot, double value) {
    factors.set(slot, (float) value);
    return factors.address(slot);
  }
}
