package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Split;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks on a (here emulated) GPU and on the processor: the same but for rounding. */
class DeviceAgreementTest {
  private static Kernels gpu(Arithmetic arithmetic) {
    return CudaKernels.open(Emulation.libraries(), 0, arithmetic);
  }

  private static Kernels cpu(Precision precision) {
    return new CpuKernels(precision, 1);
  }

  static Stream<TinyNet> nets() {
    return TinyNets.all();
  }

  /** Loss, gradient and Hessian-vector product. */
  @SuppressWarnings("ArrayRecordComponent") // a triple on its way, compared entry by entry
  private record Derivatives(double loss, double[] gradient, double[] product) {
    static Derivatives of(Kernels kernels, TinyNet net, NetworkLandscape landscape, long seed) {
      Linearization here = landscape.linearize(net.weights(kernels));
      Tensor product = kernels.allocate(1, landscape.dimension());
      here.hessianVectorProduct(TinyNet.row(kernels, net.direction(seed)), product);
      return new Derivatives(here.loss(), here.gradient().get(), product.get());
    }

    void assertEquals(Derivatives other) {
      assertThat(loss).isEqualTo(other.loss);
      assertThat(gradient).containsExactly(other.gradient);
      assertThat(product).containsExactly(other.product);
    }
  }

  private static void assertClose(double[] actual, double[] expected, double relative) {
    double size = Math.sqrt(Arrays.stream(expected).map(x -> x * x).sum());
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(relative * size));
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void derivatives_inFloat64_agree(TinyNet net) {
    try (Kernels gpu = gpu(Arithmetic.FLOAT64);
        Kernels cpu = cpu(Precision.FLOAT64)) {
      Derivatives actual = Derivatives.of(gpu, net, net.landscape(gpu), 5);
      Derivatives expected = Derivatives.of(cpu, net, net.landscape(cpu), 5);

      // a few thousand roundings, amplified by normalizations of few examples
      double relative = 1e5 * Precision.FLOAT64.unitRoundoff();
      assertThat(actual.loss).isCloseTo(expected.loss, within(relative));
      assertClose(actual.gradient, expected.gradient, relative);
      assertClose(actual.product, expected.product, relative);
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void derivatives_replayed_haveTheSameBits(TinyNet net) {
    try (Kernels gpu = gpu(Arithmetic.FLOAT32)) {
      NetworkLandscape landscape = net.landscape(gpu);
      Derivatives first = Derivatives.of(gpu, net, landscape, 5);
      Derivatives other = Derivatives.of(gpu, net, landscape, 6);

      for (int repetition = 0; repetition < 3; repetition++) {
        Derivatives.of(gpu, net, landscape, 5).assertEquals(first);
        Derivatives.of(gpu, net, landscape, 6).assertEquals(other);
      }
    }
  }

  @Test
  void product_afterEvaluationOfOtherWeights_isThatOfTheLinearization() {
    TinyNet net = TinyNet.of(Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    try (Kernels gpu = gpu(Arithmetic.FLOAT64)) {
      NetworkLandscape landscape = net.landscape(gpu);
      Tensor v = TinyNet.row(gpu, net.direction(5));
      Tensor expected = gpu.allocate(1, landscape.dimension());
      Tensor product = gpu.allocate(1, landscape.dimension());
      Tensor others = TinyNet.row(gpu, net.direction(7));
      for (int repetition = 0; repetition < 4; repetition++) {
        Linearization here = landscape.linearize(net.weights(gpu));
        here.hessianVectorProduct(v, expected);

        landscape.evaluate(others);
        here.hessianVectorProduct(v, product);

        assertThat(product.get()).containsExactly(expected.get());
      }
    }
  }

  @Test
  void products_inPairs_areTheSingleOnesAndRepeat() {
    // inputs enough for the first layer's products to be shared
    int features = 512;
    TinyNet net =
        new TinyNet(
            Mlp.batchNormalized(List.of(3), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY).spec(),
            Shape.vector(features),
            5);
    try (Kernels gpu = gpu(Arithmetic.FLOAT64)) {
      NetworkLandscape landscape = net.landscape(gpu);
      int dimension = landscape.dimension();
      Tensor vectors = gpu.allocate(3, dimension);
      for (int i = 0; i < 3; i++) {
        vectors.row(i).set(net.direction(i));
      }
      Tensor single = gpu.allocate(1, dimension);
      Tensor products = gpu.allocate(3, dimension);
      for (int repetition = 0; repetition < 4; repetition++) {
        Linearization here = landscape.linearize(net.weights(gpu));
        here.hessianVectorProducts(vectors, products);
        for (int i = 0; i < 3; i++) {
          here.hessianVectorProduct(vectors.row(i), single);
          // as many roundings as there are inputs, amplified by the normalization
          assertClose(
              products.row(i).get(),
              single.get(),
              100 * features * Precision.FLOAT64.unitRoundoff());
        }
      }
    }
  }

  @AfterEach
  void restore() {
    Emulation.reset();
  }

  @ParameterizedTest
  @EnumSource(
      value = Arithmetic.class,
      names = {"FLOAT32", "BF16X9"})
  void product_inFloat32_isAsCloseAsTheProcessors(Arithmetic arithmetic) {
    double[] gpu;
    double[] cpu;
    try (Kernels kernels = arithmetic == Arithmetic.BF16X9 ? Emulation.bf16x9() : gpu(arithmetic)) {
      gpu = productOfLargerNet(kernels);
    }
    try (Kernels kernels = cpu(Precision.FLOAT32)) {
      cpu = productOfLargerNet(kernels);
    }

    double difference = 0;
    double size = 0;
    for (int i = 0; i < cpu.length; i++) {
      difference += (gpu[i] - cpu[i]) * (gpu[i] - cpu[i]);
      size += cpu[i] * cpu[i];
    }
    assertThat(Math.sqrt(difference / size)).isLessThan(2e-6);
  }

  private static double[] productOfLargerNet(Kernels kernels) {
    Mlp mlp = Mlp.batchNormalized(List.of(16, 16), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    Split split = teacher();
    NetworkLandscape landscape =
        mlp.landscape(kernels, Examples.of(kernels, split.train()), null, 1);
    int inputs = split.train().dimension();
    Linearization here = landscape.linearize(TinyNet.row(kernels, mlp.initialWeights(inputs, 1)));
    Tensor product = kernels.allocate(1, landscape.dimension());
    here.hessianVectorProduct(TinyNet.row(kernels, mlp.initialWeights(inputs, 2)), product);
    return product.get();
  }

  private static Split teacher() {
    return DataSource.parse("synthetic:teacher?n=100&d=10&classes=4&noise=0")
        .load(DataOptions.DEFAULT.withSeed(1));
  }

  @Test
  void training_ofMlp_isTheSame() {
    Mlp mlp = Mlp.batchNormalized(List.of(8, 8), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    assertSameTraining(mlp.spec(), new Shape(1, 1, 10), teacher(), 40);
  }

  @Test
  void training_ofSmallConvolutionalNet_isTheSame() {
    Normalizer batch = new Normalizer.BatchNormalization(0);
    NetworkSpec net =
        new NetworkSpec(
            List.of(
                LayerSpec.Convolution.same("a", 3, 3, batch, Activation.RELU),
                new LayerSpec.Pool("max", LayerSpec.PoolKind.MAX, 2, 2),
                LayerSpec.Convolution.same("b", 4, 3, batch, Activation.TANH),
                new LayerSpec.GlobalPool("global", LayerSpec.PoolKind.AVERAGE)),
            Loss.SOFTMAX_CROSS_ENTROPY,
            1);
    Split digits =
        DataSource.parse("synthetic:digits?n=16&size=8&classes=3")
            .load(DataOptions.DEFAULT.withSeed(1));
    assertSameTraining(net, new Shape(8, 8, 1), digits, 20);
  }

  private static void assertSameTraining(NetworkSpec net, Shape input, Split split, int steps) {
    List<StepRecord> actual;
    List<StepRecord> expected;
    try (Kernels kernels = gpu(Arithmetic.FLOAT64)) {
      actual = train(kernels, net, input, split, steps);
    }
    try (Kernels kernels = cpu(Precision.FLOAT64)) {
      expected = train(kernels, net, input, split, steps);
    }

    // rounding of 1e-16 grows with the steps; the eigensolver stops at 0.7 % on either
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < steps; i++) {
      StepRecord here = actual.get(i);
      StepRecord there = expected.get(i);
      assertThat(here.loss()).isCloseTo(there.loss(), within(1e-9));
      double sharpness = there.sharpness().getFirst().largest();
      assertThat(here.sharpness().getFirst().largest())
          .isCloseTo(sharpness, within(1e-6 * sharpness));
    }
  }

  private static List<StepRecord> train(
      Kernels kernels, NetworkSpec net, Shape input, Split split, int steps) {
    NetworkLandscape landscape =
        net.landscape(kernels, input, Examples.of(kernels, split.train()), null, 1);
    Tensor weights = TinyNet.row(kernels, net.initialWeights(input, 1));
    List<StepRecord> records = new ArrayList<>();
    new GradientDescent(
            landscape,
            weights,
            DescentSettings.of(new Hyperparameters(0.1, 1e-2), steps),
            System::nanoTime)
        .run(records::add, () -> false);
    return records;
  }
}
