package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Linearization;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loss, gradient and Hessian-vector product against DL4J's automatic differentiation. */
class SameDiffOracleTest {
  /** Relative rounding error allowed: that of {@link DerivativesTest}, twice for two programs. */
  private static final double ROUNDING = 2e-13;

  private final Kernels kernels = new CpuKernels(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  /** SameDiff's gradient of a product with a matrix of one row has been seen to be wrong. */
  private static boolean hasUnits(TinyNet net) {
    return net.lastWidth() > 1;
  }

  static Stream<TinyNet> nets() {
    return TinyNets.all().filter(SameDiffOracleTest::hasUnits);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void linearization_tinyNet_equalsSameDiff(TinyNet net) {
    double[] v = net.direction(1);
    Linearization linearization = net.landscape(kernels).linearize(net.weights(kernels));
    Tensor product = kernels.allocate(1, v.length);
    linearization.hessianVectorProduct(TinyNet.row(kernels, v), product);

    SameDiffNet oracle = new SameDiffNet(net, v);

    assertThat(linearization.loss()).isCloseTo(oracle.loss(), within(ROUNDING * oracle.loss()));
    assertClose(linearization.gradient(), oracle.gradient());
    assertClose(product, oracle.hessianVectorProduct());
  }

  private void assertClose(Tensor actual, double[] expected) {
    Tensor difference = TinyNet.row(kernels, expected);
    double size = kernels.norm(difference);
    kernels.axpy(-1, actual, difference);
    assertThat(kernels.norm(difference)).isLessThanOrEqualTo(ROUNDING * size);
  }
}
