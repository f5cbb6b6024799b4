package brink.bench.gpu;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.CudaSurvey;
import brink.trainer.kernels.cuda.LibraryFolders;
import brink.trainer.kernels.cuda.NotOfferedException;
import brink.trainer.landscape.Linearization;
import brink.trainer.network.NetworkLandscape;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures the engine on the first GPU of a machine; bench/gpu/run.sh calls it.
 *
 * <ul>
 *   <li>{@code survey}: what there is
 *   <li>{@code accuracy NETWORK N}: Hessian-vector products in every arithmetic that the device
 *       offers against the processor's in float64
 *   <li>{@code time NETWORK N ARITHMETIC REPETITIONS}: a step of gradient descent, and one with a
 *       Hessian-vector product; milliseconds, wall clock
 * </ul>
 */
public final class GpuBench {
  private static final double LEARNING_RATE = 1e-3;
  private static final double WEIGHT_DECAY = 1e-3;

  // first as it is, then recorded, then a few for the clocks
  private static final int WARM_UP = 5;

  private GpuBench() {}

  /** Runs one measurement. */
  public static void main(String[] arguments) {
    switch (arguments[0]) {
      case "survey" ->
          CudaSurvey.of(folders()).lines().forEach(line -> System.out.println(line.text()));
      case "accuracy" -> accuracy(network(arguments), Integer.parseInt(arguments[2]));
      case "time" ->
          time(
              network(arguments),
              Integer.parseInt(arguments[2]),
              Arithmetic.valueOf(arguments[3]),
              Integer.parseInt(arguments[4]));
      default -> throw new IllegalArgumentException("no measurement " + arguments[0]);
    }
  }

  private static GpuNetwork network(String... arguments) {
    return GpuNetwork.named(arguments[1]);
  }

  private static LibraryFolders folders() {
    return LibraryFolders.of(System.getenv());
  }

  private static void accuracy(GpuNetwork network, int examples) {
    double[] exact;
    try (Kernels cpu =
        new CpuKernels(Precision.FLOAT64, Runtime.getRuntime().availableProcessors())) {
      exact = product(cpu, network, examples);
    }
    try (Kernels cpu =
        new CpuKernels(Precision.FLOAT32, Runtime.getRuntime().availableProcessors())) {
      print("cpu float32", network, examples, product(cpu, network, examples), exact);
    }
    for (Arithmetic arithmetic : Arithmetic.values()) {
      try (Kernels gpu = CudaKernels.open(folders(), 0, arithmetic)) {
        double[] found = product(gpu, network, examples);
        print("gpu " + arithmetic.label(), network, examples, found, exact);
      } catch (NotOfferedException e) {
        skip("accuracy", network, arithmetic, e);
      }
    }
  }

  private static void skip(
      String what, GpuNetwork network, Arithmetic arithmetic, NotOfferedException why) {
    System.out.printf(
        "%s %s %s: skipped: %s%n", what, network.name(), arithmetic.label(), why.getMessage());
  }

  private static void print(
      String who, GpuNetwork network, int examples, double[] found, double[] exact) {
    System.out.printf(
        Locale.ROOT,
        "accuracy %s n=%d %s: relative error of a Hessian-vector product %.2e%n",
        network.name(),
        examples,
        who,
        relativeError(found, exact));
  }

  private static double relativeError(double[] found, double[] exact) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < exact.length; i++) {
      difference += (found[i] - exact[i]) * (found[i] - exact[i]);
      size += exact[i] * exact[i];
    }
    return Math.sqrt(difference / size);
  }

  private static double[] product(Kernels kernels, GpuNetwork network, int examples) {
    NetworkLandscape landscape = network.landscape(kernels, examples);
    Tensor result = kernels.allocate(1, landscape.dimension());
    landscape
        .linearize(row(kernels, network.weights()))
        .hessianVectorProduct(row(kernels, network.direction()), result);
    return result.get();
  }

  private static Tensor row(Kernels kernels, double[] values) {
    Tensor row = kernels.allocate(1, values.length);
    row.set(values);
    return row;
  }

  private static void time(
      GpuNetwork network, int examples, Arithmetic arithmetic, int repetitions) {
    try (Kernels kernels = CudaKernels.open(folders(), 0, arithmetic)) {
      NetworkLandscape landscape = network.landscape(kernels, examples);
      Steps steps =
          new Steps(
              kernels,
              landscape,
              row(kernels, network.weights()),
              row(kernels, network.direction()),
              kernels.allocate(1, landscape.dimension()));
      String what = "time %s n=%d %s".formatted(network.name(), examples, arithmetic.label());
      report(what + " gradient step", repetitions, () -> steps.run(false));
      report(what + " gradient step and product", repetitions, () -> steps.run(true));
    } catch (NotOfferedException e) {
      skip("time", network, arithmetic, e);
    }
  }

  private static void report(String what, int repetitions, Runnable step) {
    for (int i = 0; i < WARM_UP; i++) {
      step.run();
    }
    double[] milliseconds = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      step.run();
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.3f ms, quartiles %.3f and %.3f%n",
        what,
        milliseconds[repetitions / 2],
        milliseconds[repetitions / 4],
        milliseconds[repetitions * 3 / 4]);
  }

  /** Gradient descent that may measure curvature, and waits for each step's scalars. */
  private record Steps(
      Kernels kernels, NetworkLandscape landscape, Tensor weights, Tensor v, Tensor result) {
    void run(boolean product) {
      Linearization here = landscape.linearize(weights);
      if (product) {
        here.hessianVectorProduct(v, result);
      }
      kernels.scale(1 - LEARNING_RATE * WEIGHT_DECAY, weights);
      kernels.axpy(-LEARNING_RATE, here.gradient(), weights);
      if (Double.isNaN(kernels.norm(weights))) { // a number of the end of the step: all is done
        throw new ArithmeticException("weights are not finite");
      }
    }
  }
}
