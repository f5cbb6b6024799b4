package brink.trainer.kernels;

/** Elementwise nonlinearity φ. Derivatives take φ(x) too, since it often spares a recomputation. */
public enum Activation {
  /** φ(x) = x. */
  IDENTITY,
  /** φ(x) = tanh x. */
  TANH,
  /** φ(x) = max(x, 0), with φ′(0) = 0. */
  RELU;

  /** φ(x). */
  public double value(double x) {
    return switch (this) {
      case IDENTITY -> x;
      case TANH -> Math.tanh(x);
      case RELU -> Math.max(x, 0);
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
    };
  }
}
