package brink.schemas.gradient;

/** The entries of a gradient, wherever they lie. */
@FunctionalInterface
public interface GradientValues {
  /** Entry {@code index}, from 0. */
  float at(long index);

  /**
   * Copies successive entries; what lies in an array does it faster than one by one.
   *
   * @param first index of the first entry
   * @param to overwritten from its start on
   * @param count of entries, at most the length of {@code to}
   */
  default void read(long first, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = at(first + i);
    }
  }

  /** A view of the array; entries are rounded to float. */
  static GradientValues of(double[] gradient) {
    return new GradientValues() {
      @Override
      public float at(long index) {
        return (float) gradient[Math.toIntExact(index)];
      }

      @Override
      public void read(long first, float[] to, int count) {
        int begin = Math.toIntExact(first);
        for (int i = 0; i < count; i++) {
          to[i] = (float) gradient[begin + i];
        }
      }
    };
  }

  /** A view of the array. */
  static GradientValues of(float[] gradient) {
    return new GradientValues() {
      @Override
      public float at(long index) {
        return gradient[Math.toIntExact(index)];
      }

      @Override
      public void read(long first, float[] to, int count) {
        System.arraycopy(gradient, Math.toIntExact(first), to, 0, count);
      }
    };
  }
}
