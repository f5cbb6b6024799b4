package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.Emulation;
import brink.trainer.landscape.Linearization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks on a (here emulated) GPU that holds a few examples at a time. */
class SlicedNetworkTest {
  // Slices of a few examples.
  private static final long ROOM = 600;

  // Some hundred roundings, amplified by normalizations of few examples.
  private static final double RELATIVE = 1e4 * Precision.FLOAT64.unitRoundoff();

  @AfterEach
  void close_ofAllKernels_gaveEverythingBack() {
    assertThat(Emulation.objects()).isZero();
  }

  private static Kernels whole() {
    return CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT64);
  }

  private static Kernels slices(int rows) {
    return Emulation.slices(Arithmetic.FLOAT64, rows, ROOM);
  }

  static Stream<TinyNet> nets() {
    return TinyNets.all();
  }

  /** Loss, gradient and Hessian-vector products of a net, one behind the other. */
  private static double[] derivatives(Kernels kernels, TinyNet net) {
    NetworkLandscape landscape = net.landscape(kernels);
    Linearization here = landscape.linearize(net.weights(kernels));
    Tensor vectors = kernels.allocate(2, landscape.dimension());
    vectors.set(join(net.direction(5), net.direction(6)));
    Tensor products = kernels.allocate(2, landscape.dimension());
    here.hessianVectorProducts(vectors, products);
    return join(new double[] {here.loss()}, join(here.gradient().get(), products.get()));
  }

  private static double[] join(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static void assertClose(double[] actual, double[] expected) {
    double size = Math.sqrt(Arrays.stream(expected).map(x -> x * x).sum());
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(RELATIVE * size));
    }
  }

  private static void assertSlicesAgree(TinyNet net) {
    double[] expected;
    try (Kernels kernels = whole()) {
      expected = derivatives(kernels, net);
    }
    try (Kernels kernels = slices(net.examples)) {
      double[] actual = derivatives(kernels, net);

      assertClose(actual, expected);
      assertThat(derivatives(kernels, net)).containsExactly(actual);
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void derivatives_inSlices_areThoseOfTheWholeBatchAndRepeat(TinyNet net) {
    assertSlicesAgree(net);
  }

  @Test
  void derivatives_ofPairsWithManyInputs_areThoseOfTheWholeBatch() {
    Mlp mlp = Mlp.batchNormalized(List.of(3), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    assertSlicesAgree(new TinyNet(mlp.spec(), Shape.vector(DataMap.LEAST_INPUTS), 5));
  }

  @Test
  void evaluation_ofTestExamples_isThatOfTheWholeBatch() {
    TinyNet net = TinyNet.of(Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    double[] expected;
    try (Kernels kernels = whole()) {
      expected = scores(kernels, net);
    }
    try (Kernels kernels = slices(net.examples)) {
      assertClose(scores(kernels, net), expected);
    }
  }

  /** With more test examples than training examples. */
  private static double[] scores(Kernels kernels, TinyNet net) {
    Examples train = net.examples(kernels);
    Examples twice =
        Examples.of(
            kernels,
            2 * net.examples,
            net.input.features(),
            join(net.inputs, net.inputs),
            TinyNet.OUTPUTS,
            join(net.targets, net.targets));
    NetworkLandscape landscape = net.spec.landscape(kernels, net.input, train, twice, TinyNet.SEED);
    var scores = landscape.evaluate(net.weights(kernels));
    return Stream.of(
            scores.trainLoss(), scores.trainAccuracy(), scores.testLoss(), scores.testAccuracy())
        .mapToDouble(score -> score == null ? Double.NaN : score)
        .toArray();
  }

  @Test
  void training_inSlices_isThatOfTheWholeBatch() {
    TinyNet net = TinyNet.of(Activation.TANH, Loss.MEAN_SQUARED_ERROR);
    double[] expected;
    try (Kernels kernels = whole()) {
      expected = losses(kernels, net);
    }
    try (Kernels kernels = slices(net.examples)) {
      assertClose(losses(kernels, net), expected);
    }
  }

  private static double[] losses(Kernels kernels, TinyNet net) {
    List<StepRecord> steps = new ArrayList<>();
    DescentSettings settings = DescentSettings.of(new Hyperparameters(0.05, 1e-2), 5);
    new GradientDescent(net.landscape(kernels), net.weights(kernels), settings, System::nanoTime)
        .run(steps::add, () -> false);
    return steps.stream().mapToDouble(StepRecord::loss).toArray();
  }

  @Test
  void memory_ofTheDevice_doesNotGrowWithTheExamples() {
    int examples = 2000;
    TinyNet net =
        new TinyNet(
            Mlp.batchNormalized(List.of(8, 8), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY).spec(),
            Shape.vector(10),
            examples);
    NetworkMemory memory = net.spec.memory(net.input, TinyNet.OUTPUTS, Precision.FLOAT64);
    // vectors and their images, a few vectors of scratch, and two halves for slices
    long few = memory.bytes(0, 0) + 40L * net.weights.length * Double.BYTES + (32 << 10);
    try (Kernels kernels = Emulation.slices(Arithmetic.FLOAT64, examples, 8 << 10)) {
      long before = Emulation.used();
      derivatives(kernels, net);

      assertThat(Emulation.used() - before).isLessThan(few);
      assertThat(memory.bytes(examples, 0)).isGreaterThan(10 * few);
    }
  }
}
