package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.LayerInvariance;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.WeightBlock;
import brink.trainer.network.Normalizer.BatchNormalization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The exact identities of a loss with L(c·w) = L(w), for all weights and layer by layer. */
class ScaleInvarianceTest {
  /** Relative rounding error allowed; see {@link DerivativesTest}. */
  private static final double ROUNDING = 1e-13;

  private final Kernels kernels = new CpuKernels(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TANH, SOFTMAX_CROSS_ENTROPY",
    "TANH, MEAN_SQUARED_ERROR",
    "RELU, SOFTMAX_CROSS_ENTROPY",
    "RELU, MEAN_SQUARED_ERROR"
  })
  void derivatives_ofNormalizedNet_obeyTheIdentities(Activation activation, Loss loss) {
    TinyNet net = TinyNet.of(activation, loss);
    NetworkLandscape landscape = net.landscape(kernels);
    Tensor w = net.weights(kernels);
    Linearization linearization = landscape.linearize(w);
    Tensor gradient = linearization.gradient();
    Tensor product = kernels.allocate(1, landscape.dimension());

    // ∇²L·w = −∇L
    linearization.hessianVectorProduct(w, product);
    kernels.axpy(1, gradient, product);

    assertThat(kernels.norm(product)).isLessThan(ROUNDING * kernels.norm(gradient));
    for (WeightBlock layer : landscape.layers()) {
      Tensor weights = layer.in(w);
      Tensor slope = layer.in(gradient);
      double size = kernels.norm(weights) * kernels.norm(slope);
      assertThat(kernels.norm(slope)).isPositive();
      assertThat(kernels.dot(weights, slope)).isCloseTo(0, within(ROUNDING * size));
    }
  }

  static Stream<TinyNet> nets() {
    return TinyNets.all();
  }

  @ParameterizedTest
  @MethodSource("nets")
  void loss_anyLayerScaled_staysIfTheLayerIsScaleInvariantByConstruction(TinyNet net) {
    NetworkLandscape landscape = net.landscape(kernels);
    Tensor w = net.weights(kernels);
    double loss = landscape.linearize(w).loss();

    for (LayerInvariance layer : LayerInvariance.measure(landscape, w)) {
      kernels.scale(3, layer.block().in(w));
      double scaled = landscape.linearize(w).loss();
      kernels.scale(1.0 / 3, layer.block().in(w));
      if (layer.byConstruction()) {
        assertThat(layer.error()).as(layer.block().name()).isLessThan(ROUNDING);
        assertThat(layer.broken()).isFalse();
        assertThat(scaled).isCloseTo(loss, within(ROUNDING * loss));
      } else {
        assertThat(layer.error()).as(layer.block().name()).isGreaterThan(1e-6);
        assertThat(scaled).isNotCloseTo(loss, within(1e-6 * loss));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1e-3", "1, 1e-3", "0, 1e6", "1, 1e6"})
  void loss_oneLayerScaled_staysAndItsGradientShrinks(int layer, double factor) {
    TinyNet net = TinyNet.of(Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    NetworkLandscape landscape = net.landscape(kernels);
    Tensor w = net.weights(kernels);
    double loss = landscape.linearize(w).loss();
    double[] gradient = landscape.linearize(w).gradient().get();
    WeightBlock scaled = landscape.layers().get(layer);

    kernels.scale(factor, scaled.in(w));
    Linearization there = landscape.linearize(w);

    kernels.scale(factor, scaled.in(there.gradient()));
    kernels.axpy(-1, TinyNet.row(kernels, gradient), there.gradient());
    assertThat(there.loss()).isCloseTo(loss, within(ROUNDING * loss));
    assertThat(kernels.norm(there.gradient())).isLessThan(ROUNDING * norm(gradient));
  }

  private double norm(double[] x) {
    return kernels.norm(TinyNet.row(kernels, x));
  }

  @ParameterizedTest
  @CsvSource({"1e-5", "0.1"})
  void gradient_withEpsilon_isNotOrthogonalToTheWeights(double epsilon) {
    TinyNet net =
        TinyNet.mlp(
            List.of(4),
            new BatchNormalization(epsilon),
            Activation.TANH,
            Loss.SOFTMAX_CROSS_ENTROPY,
            7);
    Tensor w = net.weights(kernels);
    Tensor gradient = net.landscape(kernels).linearize(w).gradient();

    double cosine = kernels.dot(w, gradient) / (kernels.norm(w) * kernels.norm(gradient));

    assertThat(Math.abs(cosine)).isGreaterThan(1e-3 * epsilon);
  }
}
