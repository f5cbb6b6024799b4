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
import brink.trainer.network.NetworkLandscape;
import java.io.IOException;

/**
 * Measures the engine on the first GPU of a machine; bench/gpu/run.sh calls it.
 *
 * <ul>
 *   <li>{@code survey}: what there is
 *   <li>{@code accuracy NETWORK N}: Hessian-vector products in every arithmetic that the device
 *       offers against the processor's in float64
 *   <li>{@code time NETWORK N ARITHMETIC REPETITIONS}: a step of gradient descent, and one with a
 *       Hessian-vector product; milliseconds, wall clock; and how much of it is overhead
 *   <li>{@code edge NETWORK N ARITHMETIC STEPS}: trains for at most so many steps to the edge; what
 *       sharpness costs there, and its error in every arithmetic
 *   <li>{@code publishing NETWORK N ARITHMETIC STEPS}: how much slower so many steps are if they
 *       are published to a broker
 * </ul>
 */
public final class GpuBench {
  private GpuBench() {}

  /** Runs one measurement. */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "survey" ->
          CudaSurvey.of(folders()).lines().forEach(line -> System.out.println(line.text()));
      case "accuracy" -> accuracy(network(arguments), number(arguments[2]));
      case "time" ->
          time(
              network(arguments),
              number(arguments[2]),
              arithmetic(arguments),
              number(arguments[4]));
      case "edge" ->
          edge(
              network(arguments),
              number(arguments[2]),
              arithmetic(arguments),
              number(arguments[4]));
      case "publishing" ->
          publishing(
              network(arguments),
              number(arguments[2]),
              arithmetic(arguments),
              number(arguments[4]));
      default -> throw new IllegalArgumentException("no measurement " + arguments[0]);
    }
  }

  private static GpuNetwork network(String... arguments) {
    return GpuNetwork.named(arguments[1]);
  }

  private static int number(String argument) {
    return Integer.parseInt(argument);
  }

  private static Arithmetic arithmetic(String... arguments) {
    return Arithmetic.valueOf(arguments[3]);
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
    GpuOutput.line(
        "%s %s %s: skipped: %s",
        what, network.name(), arithmetic.label(), String.valueOf(why.getMessage()));
  }

  private static void print(
      String who, GpuNetwork network, int examples, double[] found, double[] exact) {
    GpuOutput.line(
        "accuracy %s n=%d %s: relative error of a Hessian-vector product %.2e",
        network.name(), examples, who, relativeError(found, exact));
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
    try (Kernels kernels = open(arithmetic)) {
      GpuSteps steps = new GpuSteps(kernels, network, examples);
      String what = what("time", network, examples, arithmetic);
      steps.time(what + " gradient step", repetitions, false);
      steps.time(what + " gradient step and product", repetitions, true);
      steps.timeOverhead(what + " gradient step", repetitions, false);
      steps.timeOverhead(what + " gradient step and product", repetitions, true);
    } catch (NotOfferedException e) {
      skip("time", network, arithmetic, e);
    }
  }

  private static void publishing(GpuNetwork network, int examples, Arithmetic arithmetic, int steps)
      throws IOException {
    try (Kernels kernels = open(arithmetic)) {
      String what = what("publishing", network, examples, arithmetic);
      GpuPublishing.measure(what, network, examples, kernels, steps);
    }
  }

  private static void edge(GpuNetwork network, int examples, Arithmetic arithmetic, int mostSteps) {
    new GpuEdge(network, examples, GpuBench::open)
        .measure(what("edge", network, examples, arithmetic), arithmetic, mostSteps);
  }

  private static Kernels open(Arithmetic arithmetic) {
    return CudaKernels.open(folders(), 0, arithmetic);
  }

  private static String what(
      String measurement, GpuNetwork network, int examples, Arithmetic arithmetic) {
    return "%s %s n=%d %s".formatted(measurement, network.name(), examples, arithmetic.label());
  }
}
