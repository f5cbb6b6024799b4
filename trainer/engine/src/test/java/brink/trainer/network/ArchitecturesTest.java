package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.HyperDual;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.WeightBlock;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** VGG-11 and ResNet-20: their published sizes, and their derivatives on small images. */
class ArchitecturesTest {
  private static final Shape CIFAR = new Shape(32, 32, 3);
  private static final Shape SMALL = new Shape(8, 8, 1);
  private static final int EXAMPLES = 12;

  /** Weights whose derivatives are computed a second time. */
  private static final int SAMPLE = 5;

  /**
   * Relative rounding error allowed: u = 1.1e-16, times some thousand operations behind an entry of
   * the deepest network, times a condition of about a hundred.
   */
  private static final double ROUNDING = 1e-11;

  static Stream<Named<NetworkSpec>> networks() {
    return Stream.of(
        Named.of("vgg11", Networks.vgg11(SMALL, 1.0 / 16)),
        Named.of("resnet20", Networks.resnet20(0.25)));
  }

  @Test
  void vgg11_ofCifar_hasThePublishedNumberOfWeights() {
    // 9·(3·64 + 64·128 + 128·256 + 256·256 + 256·512 + 3·512·512)
    assertThat(Networks.vgg11(CIFAR, 1).dimension(CIFAR)).isEqualTo(9_217_728);
    assertThat(Networks.vgg11(CIFAR, 1).output(CIFAR)).isEqualTo(Shape.vector(512));
  }

  @Test
  void vgg11_ofSmallImages_leavesOutPoolings() {
    assertThat(Networks.vgg11(SMALL, 1).output(SMALL)).isEqualTo(Shape.vector(512));
    assertThat(Networks.vgg11(SMALL, 0.125).describe(SMALL, 10))
        .isEqualTo(
            "8×8×1-conv8-max2-conv16-max2-conv32-conv32-max2-conv64-conv64-conv64-conv64-10 tanh");
  }

  @Test
  void resnet20_ofCifar_hasThePublishedNumberOfWeights() {
    // 0.27 million in table 6 of the paper, with 640 of the last layer and 1 568 of affine BN
    NetworkSpec spec = Networks.resnet20(1);
    assertThat(spec.dimension(CIFAR)).isEqualTo(267_696);
    assertThat(spec.output(CIFAR)).isEqualTo(Shape.vector(64));
  }

  @Test
  void width_ofZero_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Networks.resnet20(0))
        .withMessage("width must be above 0 and at most 10.0, not 0.0");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void derivatives_onSmallImages_obeyTheScaleIdentities(NetworkSpec spec) {
    try (Kernels kernels = new CpuKernels(2)) {
      TinyNet net = new TinyNet(spec, SMALL, EXAMPLES);
      NetworkLandscape landscape = net.landscape(kernels);
      Tensor w = net.weights(kernels);
      Linearization linearization = landscape.linearize(w);
      Tensor gradient = linearization.gradient();
      Tensor product = kernels.allocate(1, landscape.dimension());

      linearization.hessianVectorProduct(w, product);
      kernels.axpy(1, gradient, product);

      assertThat(landscape.scaleInvariantDimension()).isEqualTo(landscape.dimension());
      assertThat(kernels.norm(product)).isLessThan(ROUNDING * kernels.norm(gradient));
      for (WeightBlock layer : landscape.layers()) {
        double size = kernels.norm(layer.in(w)) * kernels.norm(layer.in(gradient));
        assertThat(size).isPositive();
        assertThat(kernels.dot(layer.in(w), layer.in(gradient)))
            .as(layer.name())
            .isCloseTo(0, within(ROUNDING * size));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void linearization_onSmallImages_equalsHyperDualNumbers(NetworkSpec spec) {
    TinyNet net = new TinyNet(spec, SMALL, EXAMPLES);
    try (Kernels kernels = new CpuKernels(2)) {
      Linearization linearization = net.landscape(kernels).linearize(net.weights(kernels));
      double[] v = net.direction(1);
      Tensor product = kernels.allocate(1, v.length);
      linearization.hessianVectorProduct(TinyNet.row(kernels, v), product);
      double[] hv = product.get();
      double[] gradient = linearization.gradient().get();

      for (int k : new Random(2).ints(SAMPLE, 0, v.length).toArray()) {
        HyperDual expected = net.loss(net.weights, k, v);
        assertThat(linearization.loss()).isCloseTo(expected.value(), within(ROUNDING));
        assertThat(gradient[k])
            .isCloseTo(expected.first(), within(ROUNDING * rms(kernels, linearization.gradient())));
        assertThat(hv[k]).isCloseTo(expected.mixed(), within(ROUNDING * rms(kernels, product)));
      }
    }
  }

  private static double rms(Kernels kernels, Tensor x) {
    return kernels.norm(x) / Math.sqrt((double) x.length());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void hessianVectorProduct_onSmallImages_isSymmetric(NetworkSpec spec) {
    TinyNet net = new TinyNet(spec, SMALL, EXAMPLES);
    try (Kernels kernels = new CpuKernels(2)) {
      Linearization linearization = net.landscape(kernels).linearize(net.weights(kernels));
      Tensor u = TinyNet.row(kernels, net.direction(1));
      Tensor v = TinyNet.row(kernels, net.direction(2));
      Tensor ofU = kernels.allocate(1, net.weights.length);
      Tensor ofV = kernels.allocate(1, net.weights.length);

      linearization.hessianVectorProduct(u, ofU);
      linearization.hessianVectorProduct(v, ofV);

      double size = kernels.norm(ofU) * kernels.norm(v);
      assertThat(kernels.dot(ofU, v)).isCloseTo(kernels.dot(u, ofV), within(ROUNDING * size));
    }
  }

  @Test
  void relu_inTheResidualNetwork_keepsTheLossScaleInvariant() {
    NetworkSpec spec =
        new Architectures(
                0.25,
                new Normalizer.BatchNormalization(0),
                Activation.RELU,
                Loss.SOFTMAX_CROSS_ENTROPY)
            .resnet20();
    try (Kernels kernels = new CpuKernels(1)) {
      TinyNet net = new TinyNet(spec, SMALL, EXAMPLES);
      NetworkLandscape landscape = net.landscape(kernels);
      Tensor w = net.weights(kernels);
      double loss = landscape.linearize(w).loss();
      WeightBlock middle = landscape.layers().get(9);

      kernels.scale(1e3, middle.in(w));

      assertThat(landscape.linearize(w).loss()).isCloseTo(loss, within(ROUNDING * loss));
    }
  }
}
