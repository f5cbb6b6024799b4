package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.cpu.CpuKernels;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkMemoryTest {
  private static final Shape IMAGE = new Shape(32, 32, 3);

  static Stream<TinyNet> nets() {
    return TinyNets.all();
  }

  @ParameterizedTest
  @MethodSource("nets")
  void memory_ofAnyNet_isWhatIsAllocated(TinyNet net) {
    try (CountingKernels kernels = new CountingKernels(new CpuKernels(1))) {
      Examples all = net.examples(kernels);
      Examples test =
          new Examples(
              all.inputs().view(0, 2, net.input.features()),
              all.targets().view(0, 2, TinyNet.OUTPUTS),
              true);
      net.spec.landscape(kernels, net.input, all, test, TinyNet.SEED);
      // the two test examples are views of the training examples
      long testData = 2L * (net.input.features() + TinyNet.OUTPUTS);

      NetworkMemory memory = net.spec.memory(net.input, TinyNet.OUTPUTS, Precision.FLOAT64);

      assertThat(memory.bytes(net.examples, 2))
          .isEqualTo((kernels.allocated() + testData) * Double.BYTES);
    }
  }

  @Test
  void memory_manyInputs_isWhatIsAllocated() {
    Shape input = Shape.vector(DataMap.LEAST_INPUTS);
    NetworkSpec spec = DerivativesTest.wide();
    try (CountingKernels kernels = new CountingKernels(new CpuKernels(1))) {
      Examples train =
          Examples.of(
              kernels, 4, input.features(), new double[4 * input.features()], 2, new double[8]);
      spec.landscape(kernels, input, train, null, 1);

      assertThat(spec.memory(input, 2, Precision.FLOAT64).bytes(4, 0))
          .isEqualTo(kernels.allocated() * Double.BYTES);
    }
  }

  @Test
  void memory_withFixedLayers_isWhatIsAllocated() {
    Shape input = new Shape(2, 3, 2);
    Normalizer none = new Normalizer.NoNormalization();
    GivenNetwork network =
        new GivenNetwork(
            List.of(
                LayerSpec.Convolution.same("fixed", 2, 1, none, Activation.IDENTITY),
                new LayerSpec.Shift("dropped"),
                new LayerSpec.Normalize(
                    "norm", new Normalizer.BatchNormalization(0.1), Activation.IDENTITY),
                new LayerSpec.Scale("gamma"),
                new LayerSpec.Shift("beta"),
                new LayerSpec.Activate("bend", Activation.TANH),
                new LayerSpec.Dense("trained", 3, none, Activation.IDENTITY)),
            Map.of(
                "fixed", new double[] {1, 2, 3, 4},
                "dropped", new double[] {5, 6},
                "gamma", new double[] {7, 8},
                "beta", new double[] {9, 10}),
            Loss.MEAN_SQUARED_ERROR,
            2);
    try (CountingKernels kernels = new CountingKernels(new CpuKernels(1))) {
      Examples train = Examples.of(kernels, 4, 12, new double[48], 3, new double[12]);

      NetworkLandscape landscape = network.landscape(kernels, input, train, null);

      assertThat(landscape.dimension()).isEqualTo(36);
      assertThat(network.layers()).extracting(LayerSpec::name).doesNotContain("dropped");
      assertThat(network.memory(input, Precision.FLOAT64).bytes(4, 0))
          .isEqualTo(kernels.allocated() * Double.BYTES);
    }
  }

  @Test
  void memory_inFloat32_isHalf() {
    NetworkSpec spec = Networks.resnet20(1);

    NetworkMemory wide = spec.memory(IMAGE, 10, Precision.FLOAT64);
    NetworkMemory narrow = spec.memory(IMAGE, 10, Precision.FLOAT32);

    assertThat(2 * narrow.bytes(500, 100)).isEqualTo(wide.bytes(500, 100));
  }

  @Test
  void requireFits_tooManyExamples_tellsHowManyFit() {
    NetworkMemory memory = Networks.vgg11(IMAGE, 1).memory(IMAGE, 10, Precision.FLOAT32);
    long available = memory.bytes(321, 100) + 5;

    assertThatCode(() -> memory.requireFits(321, 100, available)).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> memory.requireFits(50_000, 100, available))
        .withMessageContaining("50,000 training examples would take")
        .withMessageContaining(
            String.format(Locale.ROOT, "has %.1f GiB", available / (double) (1L << 30)))
        .withMessageEndingWith("at most 321 fit");
  }

  @Test
  void requireFits_networkAlone_tellsThatFewerExamplesWouldNotHelp() {
    NetworkMemory memory = Networks.vgg11(IMAGE, 1).memory(IMAGE, 10, Precision.FLOAT32);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> memory.requireFits(1, 0, 1000))
        .withMessageStartingWith("the network alone would take 0.1 GiB");
  }
}
