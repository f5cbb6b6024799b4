package brink.trainer.flow;

import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.Golden;
import org.ejml.simple.SimpleMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;

/**
 * The sphere of bn-linear (n = 20, d = 40), where Γ and the sharpness-reduction flow have closed
 * forms: on Γ, θ = (r, q) with r in the row space of X and Xr ∝ y; with b = ‖r‖²/‖θ‖², λ₁ ∝ 1/b and
 * G² = 4(1 − b)/b, so that d ln b/dτ = 2(1 − b).
 */
final class GoldenSphere {
  static final int DIMENSION = 40;

  private final SimpleMatrix inputs = new SimpleMatrix(Golden.inputs());
  private final SimpleMatrix pseudoInverse = inputs.pseudoInverse();

  static SphereLandscape on(Kernels kernels) {
    return new SphereLandscape(BnLinear.from(kernels, Golden.inputs(), Golden.targets()));
  }

  /** A minimiser of unit norm with this b. */
  RealVector minimiser(double b) {
    SimpleMatrix fit = pseudoInverse.mult(new SimpleMatrix(20, 1, true, Golden.targets()));
    SimpleMatrix random =
        new SimpleMatrix(DIMENSION, 1, true, Initialization.normal(1, DIMENSION, 1));
    SimpleMatrix free = random.minus(pseudoInverse.mult(inputs.mult(random)));
    SimpleMatrix sum =
        fit.scale(Math.sqrt(b) / fit.normF()).plus(free.scale(Math.sqrt(1 - b) / free.normF()));
    return new ArrayRealVector(sum.getDDRM().getData()).unitVector();
  }

  /** b after some flow time. */
  static double share(double start, double flowTime) {
    return 1 / (1 + (1 - start) / start * Math.exp(-2 * flowTime));
  }

  /** Anywhere. */
  static RealVector random(long seed) {
    return new ArrayRealVector(Initialization.onSphere(seed, DIMENSION, 1)).unitVector();
  }
}
