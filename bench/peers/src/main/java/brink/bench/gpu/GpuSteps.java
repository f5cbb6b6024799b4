package brink.bench.gpu;

import brink.bench.statistics.SampleSpread;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Linearization;
import brink.trainer.network.NetworkLandscape;

/** Steps of gradient descent, with or without a Hessian-vector product. */
final class GpuSteps {
  private static final double LEARNING_RATE = 1e-3;
  private static final double WEIGHT_DECAY = 1e-3;

  // first as it is, then recorded, then a few for the clocks
  private static final int WARM_UP = 5;

  private final Kernels kernels;
  private final NetworkLandscape landscape;
  private final Tensor weights;
  private final Tensor v;
  private final Tensor result;

  GpuSteps(Kernels kernels, GpuNetwork network, int examples) {
    this.kernels = kernels;
    landscape = network.landscape(kernels, examples);
    weights = kernels.allocate(1, landscape.dimension());
    v = kernels.allocate(1, landscape.dimension());
    result = kernels.allocate(1, landscape.dimension());
    weights.set(network.weights());
    v.set(network.direction());
  }

  /** Milliseconds of single steps, each waited for, wall clock. */
  void time(String what, int repetitions, boolean product) {
    warmUp(product);
    double[] milliseconds = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      queue(product);
      await();
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    GpuOutput.spread(what, SampleSpread.of(milliseconds), "ms");
  }

  /**
   * How much longer a step takes that is waited for than one of many that are queued one behind the
   * other, which is what the device itself needs, as long as the processor queues them faster.
   */
  void timeOverhead(String what, int repetitions, boolean product) {
    warmUp(product);
    double waited = milliseconds(repetitions, product, true);
    long start = System.nanoTime();
    for (int i = 0; i < repetitions; i++) {
      queue(product);
    }
    double queueing = (System.nanoTime() - start) / 1e6 / repetitions;
    await();
    double queued = (System.nanoTime() - start) / 1e6 / repetitions;
    GpuOutput.line(
        "%s: %.4f ms a step, %.4f of it on the device (the processor queues one in %.4f): overhead"
            + " %.1f %%",
        what, waited, queued, queueing, 100 * (1 - queued / waited));
  }

  private double milliseconds(int repetitions, boolean product, boolean each) {
    long start = System.nanoTime();
    for (int i = 0; i < repetitions; i++) {
      queue(product);
      if (each) {
        await();
      }
    }
    await();
    return (System.nanoTime() - start) / 1e6 / repetitions;
  }

  private void warmUp(boolean product) {
    for (int i = 0; i < WARM_UP; i++) {
      queue(product);
      await();
    }
  }

  private void queue(boolean product) {
    Linearization here = landscape.linearize(weights);
    if (product) {
      here.hessianVectorProduct(v, result);
    }
    kernels.scale(1 - LEARNING_RATE * WEIGHT_DECAY, weights);
    kernels.axpy(-LEARNING_RATE, here.gradient(), weights);
  }

  /** A number of the end of the step: when it is there, all is done. */
  private void await() {
    if (Double.isNaN(kernels.norm(weights))) {
      throw new ArithmeticException("weights are not finite");
    }
  }
}
