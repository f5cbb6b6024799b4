package brink.trainer.kernels;

/**
 * A hyper-dual number value + first·ε₁ + second·ε₂ + mixed·ε₁ε₂ with ε₁² = ε₂² = 0 (Fike, Alonso,
 * AIAA 2011-886): arithmetic on it gives derivatives and mixed second derivatives exactly, without
 * any of the formulas under test.
 */
public record HyperDual(double value, double first, double second, double mixed) {
  /** A number that depends on nothing. */
  public static HyperDual constant(double value) {
    return new HyperDual(value, 0, 0, 0);
  }

  public HyperDual plus(HyperDual b) {
    return new HyperDual(value + b.value, first + b.first, second + b.second, mixed + b.mixed);
  }

  public HyperDual minus(HyperDual b) {
    return plus(b.times(-1));
  }

  public HyperDual times(double b) {
    return new HyperDual(value * b, first * b, second * b, mixed * b);
  }

  public HyperDual times(HyperDual b) {
    return new HyperDual(
        value * b.value,
        first * b.value + value * b.first,
        second * b.value + value * b.second,
        mixed * b.value + first * b.second + second * b.first + value * b.mixed);
  }

  public HyperDual over(HyperDual b) {
    return times(b.function(1 / b.value, -1 / (b.value * b.value), 2 / Math.pow(b.value, 3)));
  }

  public HyperDual sqrt() {
    double root = Math.sqrt(value);
    return function(root, 0.5 / root, -0.25 / (root * value));
  }

  public HyperDual exp() {
    double e = Math.exp(value);
    return function(e, e, e);
  }

  public HyperDual log() {
    return function(Math.log(value), 1 / value, -1 / (value * value));
  }

  /** An activation, by its textbook formula. */
  public HyperDual activate(Activation activation) {
    return switch (activation) {
      case IDENTITY -> this;
      case RELU -> value > 0 ? this : constant(0);
      case TANH -> tanh();
      case GELU -> {
        HyperDual cube = times(this).times(this);
        HyperDual inner = plus(cube.times(0.044715)).times(Math.sqrt(2 / Math.PI));
        yield times(constant(1).plus(inner.tanh())).times(0.5);
      }
      case SOFTPLUS -> constant(1).plus(exp()).log();
    };
  }

  private HyperDual tanh() {
    double sech = 1 / Math.cosh(value);
    double t = Math.sinh(value) * sech;
    return function(t, sech * sech, -2 * t * sech * sech);
  }

  private HyperDual function(double f, double df, double ddf) {
    return new HyperDual(f, df * first, df * second, df * mixed + ddf * first * second);
  }
}
