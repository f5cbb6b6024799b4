package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Activation;
import java.util.Arrays;

/** φ, φ′ and φ″ over the first n entries of arrays; the commonest in SIMD code. */
final class Activations {
  private Activations() {}

  /** y ← φ(x). */
  static void values(Activation phi, double[] x, double[] y, int n) {
    switch (phi) {
      case IDENTITY -> System.arraycopy(x, 0, y, 0, n);
      case TANH -> Tanh.of(x, y, n);
      case RELU -> {
        for (int i = 0; i < n; i++) {
          y[i] = Math.max(x[i], 0);
        }
      }
      case GELU, SOFTPLUS -> {
        for (int i = 0; i < n; i++) {
          y[i] = phi.value(x[i]);
        }
      }
    }
  }

  /** Whether the derivatives are computed from φ(x) and not from x. */
  static boolean differentiatesOutput(Activation phi) {
    return phi == Activation.TANH;
  }

  /**
   * slopes ← φ′(x).
   *
   * @param y φ(x), read only if {@link #differentiatesOutput}
   */
  static void slopes(Activation phi, double[] x, double[] y, double[] slopes, int n) {
    switch (phi) {
      case IDENTITY -> Arrays.fill(slopes, 0, n, 1);
      case TANH -> {
        for (int i = 0; i < n; i++) {
          slopes[i] = 1 - y[i] * y[i];
        }
      }
      case RELU -> steps(x, slopes, n);
      case GELU, SOFTPLUS -> {
        for (int i = 0; i < n; i++) {
          slopes[i] = phi.derivative(x[i], y[i]);
        }
      }
    }
  }

  /**
   * steps ← 1 where x is positive, else 0, without a branch: half of the branches would be
   * mispredicted, at 7 ns each.
   */
  private static void steps(double[] x, double[] steps, int n) {
    for (int i = 0; i < n; i++) {
      // takes the smallest positive number, 2^−1074, above 1
      steps[i] = Math.min(1, Math.max(0, x[i] * 0x1p1000 * 0x1p100));
    }
  }

  /**
   * bends ← φ″(x).
   *
   * @param y φ(x), read only if {@link #differentiatesOutput}
   */
  static void bends(Activation phi, double[] x, double[] y, double[] bends, int n) {
    switch (phi) {
      case IDENTITY, RELU -> Arrays.fill(bends, 0, n, 0);
      case TANH -> {
        for (int i = 0; i < n; i++) {
          bends[i] = -2 * y[i] * (1 - y[i] * y[i]);
        }
      }
      case GELU, SOFTPLUS -> {
        for (int i = 0; i < n; i++) {
          bends[i] = phi.secondDerivative(x[i], y[i]);
        }
      }
    }
  }
}
