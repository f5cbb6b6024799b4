package brink.schemas.gradient;

/** The entries of a gradient, wherever they lie. */
@FunctionalInterface
public interface GradientValues {
  /** Entry {@code index}, from 0. */
  float at(long index);

  /** A view of the array; entries are rounded to float. */
  static GradientValues of(double[] gradient) {
    return index -> (float) gradient[Math.toIntExact(index)];
  }

  /** A view of the array. */
  static GradientValues of(float[] gradient) {
    return index -> gradient[Math.toIntExact(index)];
  }
}
