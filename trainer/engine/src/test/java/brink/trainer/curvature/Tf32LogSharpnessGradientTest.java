package brink.trainer.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.Emulation;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.Golden;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * G² = 4(1 − b)/b of {@link LogSharpnessGradientTest} where products take ten bits of mantissa:
 * with them it would be 1.1 instead of 9.3.
 */
class Tf32LogSharpnessGradientTest {
  private final Kernels kernels = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.TF32);
  private final BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
  private final SimpleMatrix inputs = new SimpleMatrix(Golden.inputs());

  @AfterEach
  void close() {
    kernels.close();
  }

  private Tensor minimiser(double b) {
    SimpleMatrix pseudoInverse = inputs.pseudoInverse();
    SimpleMatrix fit = pseudoInverse.mult(new SimpleMatrix(20, 1, true, Golden.targets()));
    SimpleMatrix random = new SimpleMatrix(40, 1, true, Initialization.normal(1, 40, 1));
    SimpleMatrix free = random.minus(pseudoInverse.mult(inputs.mult(random)));
    SimpleMatrix sum =
        fit.scale(Math.sqrt(b) / fit.normF()).plus(free.scale(Math.sqrt(1 - b) / free.normF()));
    Tensor direction = kernels.allocate(1, 40);
    direction.set(sum.getDDRM().getData());
    return direction;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.7, 0.9})
  void measure_onTheManifold_equalsClosedForm(double b) {
    double expected = 4 * (1 - b) / b;
    Tensor direction = minimiser(b);
    var settings = new SharpnessSettings(1, 1e-6, 40, 100, 0, 40, 1);
    var probe =
        new SharpnessProbe(new LeadingEigensolver(kernels, 40, settings), settings, Point.MIDPOINT);
    var found = probe.measure(0, landscape.linearize(direction), direction, 1);
    double sharpness = found.eigenvalues().getFirst();

    double measured =
        new LogSharpnessGradient(landscape, LogSharpnessGradient.DEFAULT_STEPS, 1)
            .measure(direction, found.leadingVector(), sharpness);

    // by the displacement as there, with the epsilon of float32
    SimpleMatrix outputs = inputs.mult(new SimpleMatrix(40, 1, true, direction.get()));
    double displacement = Math.cbrt(0x1p-24) * inputs.svd().getSingleValue(0) / outputs.normF();
    // v₁ and λ₁ are those of TF32: off by its residual, and G² is of fourth degree in v₁
    double ofTheVector = 4 * found.residuals().getFirst() / sharpness;
    double ofTheValue = 2 * 8 * Arithmetic.TF32.productRoundoff();
    assertThat(measured)
        .isCloseTo(
            expected,
            within((10 * displacement * displacement + ofTheVector + ofTheValue) * expected));
  }
}
