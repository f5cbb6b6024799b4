package brink.trainer.kernels;

/** Elementwise nonlinearity φ. Derivatives take φ(x) too, since it often spares a recomputation. */
public enum Activation {
  /** φ(x) = x. */
  IDENTITY,
  /** φ(x) = tanh x. */
  TANH,
  /** φ(x) = max(x, 0), with φ′(0) = 0. */
  RELU,
  /**
   * φ(x) = x·(1 + tanh u)/2, u = √(2/π)·(x + 0.044715·x³): the tanh form of the Gaussian error
   * linear unit (Hendrycks, Gimpel, arXiv 1606.08415).
   */
  GELU,
  /** φ(x) = log(1 + eˣ). */
  SOFTPLUS;

  private static final double GELU_SCALE = Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBIC = 0.044715;

  /** φ(x). */
  public double value(double x) {
    return switch (this) {
      case IDENTITY -> x;
      case TANH -> Math.tanh(x);
      case RELU -> Math.max(x, 0);
      case GELU -> x * gate(x);
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    };
  }

  /**
   * φ′(x).
   *
   * @param y φ(x)
   */
  public double derivative(double x, double y) {
    return switch (this) {
      case IDENTITY -> 1;
      case TANH -> 1 - y * y;
      case RELU -> x > 0 ? 1 : 0;
      case GELU -> {
        double gate = gate(x);
        yield gate + 2 * x * gate * (1 - gate) * innerSlope(x);
      }
      case SOFTPLUS -> logistic(x);
    };
  }

  /**
   * φ″(x).
   *
   * @param y φ(x)
   */
  public double secondDerivative(double x, double y) {
    return switch (this) {
      case IDENTITY, RELU -> 0;
      case TANH -> -2 * y * (1 - y * y);
      case GELU -> {
        double gate = gate(x);
        double slope = innerSlope(x);
        double bend = 2 * slope + x * innerBend(x) + 2 * x * slope * slope * (1 - 2 * gate);
        yield 2 * gate * (1 - gate) * bend;
      }
      case SOFTPLUS -> {
        double slope = logistic(x);
        yield slope * (1 - slope);
      }
    };
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** g = (1 + tanh u)/2 = logistic(2u), so that g′ = 2g(1 − g)·u′. */
  private static double gate(double x) {
    return logistic(2 * GELU_SCALE * (x + GELU_CUBIC * x * x * x));
  }

  /** u′. */
  private static double innerSlope(double x) {
    return GELU_SCALE * (1 + 3 * GELU_CUBIC * x * x);
  }

  /** u″. */
  private static double innerBend(double x) {
    return GELU_SCALE * 6 * GELU_CUBIC * x;
  }
}
