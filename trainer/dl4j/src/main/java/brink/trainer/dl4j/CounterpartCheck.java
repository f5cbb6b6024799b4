package brink.trainer.dl4j;

import brink.trainer.data.Dataset;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Linearization;
import brink.trainer.listener.network.TrainedArray;
import brink.trainer.random.RandomStream;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Whether a counterpart is the same function as DL4J's network: loss and gradient of both, in
 * float64, on the first examples and at the saved weights, disturbed by a tenth of their size. At
 * the weights as they are a gradient may be next to zero, with nothing but rounding to compare.
 */
final class CounterpartCheck {
  /** Enough for every class; DL4J takes much more memory for an example than we do. */
  static final int EXAMPLES = 256;

  /**
   * Rounding of 1e-16, times what sums and normalizations make of it; two formulas for the same
   * function that are not the same differ by more than 1e-6.
   */
  private static final double ROUNDING = 1e-9;

  private static final double DISTURBANCE = 0.1;

  private CounterpartCheck() {}

  /**
   * Refuses a counterpart that is another function.
   *
   * @param batch the examples in DL4J; left at the weights that it had
   * @param examples the same
   * @throws NoCounterpartException if loss or gradient differ
   */
  static void require(
      Dl4jNetwork network,
      FullBatch batch,
      List<TrainedArray> trained,
      Counterpart counterpart,
      Dataset examples)
      throws NoCounterpartException {
    double[] saved = TrainedArray.gather(trained, network.model().params());
    double[] weights = disturbed(saved);
    double loss = batch.moveTo(trained, weights);
    double[] gradient = counterpart.inOurOrder(batch.gradient(trained));
    var _ = batch.moveTo(trained, saved);
    try (Kernels kernels = new CpuKernels(1)) {
      Tensor w = kernels.allocate(1, weights.length);
      w.set(counterpart.inOurOrder(weights));
      Linearization ours = counterpart.landscape(kernels, examples, null).linearize(w);
      requireClose("loss", Math.abs(ours.loss() - loss), Math.abs(loss));
      requireClose("gradient", distance(ours.gradient().get(), gradient), norm(gradient));
    } catch (ArithmeticException e) {
      throw new NoCounterpartException(String.valueOf(e.getMessage()));
    }
  }

  private static double[] disturbed(double[] weights) {
    double size = DISTURBANCE * norm(weights) / Math.sqrt(weights.length);
    Random random = RandomStream.of("comparison with DL4J", 1);
    double[] disturbed = weights.clone();
    for (int i = 0; i < disturbed.length; i++) {
      disturbed[i] += size * random.nextGaussian();
    }
    return disturbed;
  }

  private static void requireClose(String what, double difference, double size)
      throws NoCounterpartException {
    if (!(difference <= ROUNDING * size)) {
      throw new NoCounterpartException(
          String.format(
              Locale.ROOT,
              "its layers have counterparts, but the %s differs from DL4J's by %.1e of its size",
              what,
              difference / size));
    }
  }

  private static double distance(double[] x, double[] y) {
    double[] difference = x.clone();
    for (int i = 0; i < x.length; i++) {
      difference[i] -= y[i];
    }
    return norm(difference);
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
