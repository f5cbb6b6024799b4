package brink.trainer.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.Golden;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On Γ the direction θ = (r, q), r in the row space of X with Xr ∝ y, gives λ₁ ∝ ‖θ‖²/‖r‖², so that
 * G² = 4(1 − b)/b with b = ‖r‖²/‖θ‖² in closed form.
 */
class LogSharpnessGradientTest {
  private final Kernels kernels = new CpuKernels(1);
  private final BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
  private final SimpleMatrix inputs = new SimpleMatrix(Golden.inputs());
  private final SimpleMatrix pseudoInverse = inputs.pseudoInverse();

  @AfterEach
  void close() {
    kernels.close();
  }

  /** A minimiser of unit norm whose row space share is b. */
  private Tensor minimiser(double b) {
    SimpleMatrix fit = pseudoInverse.mult(new SimpleMatrix(20, 1, true, Golden.targets()));
    SimpleMatrix random = new SimpleMatrix(40, 1, true, Initialization.normal(1, 40, 1));
    SimpleMatrix free = random.minus(pseudoInverse.mult(inputs.mult(random)));
    SimpleMatrix sum =
        fit.scale(Math.sqrt(b) / fit.normF()).plus(free.scale(Math.sqrt(1 - b) / free.normF()));
    Tensor direction = kernels.allocate(1, 40);
    direction.set(sum.getDDRM().getData());
    return direction;
  }

  private double measured(Tensor direction, int steps) {
    var settings = new SharpnessSettings(1, 1e-14, 40, 100, 0, 40, 1);
    var solver = new LeadingEigensolver(kernels, 40, settings);
    var probe = new SharpnessProbe(solver, settings, Point.MIDPOINT);
    var found = probe.measure(0, landscape.linearize(direction), direction, 1);
    return new LogSharpnessGradient(landscape, steps, 1)
        .measure(direction, found.leadingVector(), found.eigenvalues().getFirst());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.7, 0.99})
  void measure_onTheManifold_equalsClosedForm(double b) {
    double expected = 4 * (1 - b) / b;
    Tensor direction = minimiser(b);
    SimpleMatrix outputs = inputs.mult(new SimpleMatrix(40, 1, true, direction.get()));
    // Moving by ε changes the outputs by ε·‖X‖ relative to their length, and an even difference of
    // functions of 1/‖z‖ is off by about ten times the square of that.
    double displacement = Math.cbrt(0x1p-53) * spectralNorm() / outputs.normF();
    double relative = 10 * displacement * displacement;
    assertThat(measured(direction, LogSharpnessGradient.DEFAULT_STEPS))
        .isCloseTo(expected, within(relative * expected + 1e-9));
  }

  private double spectralNorm() {
    return inputs.svd().getSingleValue(0);
  }

  @Test
  void measure_minimumOfTheSharpness_isZero() {
    assertThat(measured(minimiser(1), LogSharpnessGradient.DEFAULT_STEPS))
        .isCloseTo(0, within(1e-9));
  }

  @Test
  void measure_fewLanczosSteps_isWithinAFewPerCent() {
    // the smallest curvature off the manifold is λ₁/80, which 15 of 19 steps all but resolve
    double expected = 4 * 0.7 / 0.3;
    assertThat(measured(minimiser(0.3), 15)).isCloseTo(expected, within(0.05 * expected));
  }
}
