package brink.monitor.flow;

/**
 * Where the flow's log λ₁ is from, worst first. Values from different sources differ by order √η_in
 * and are never mixed.
 */
enum SharpnessSource {
  /** Not known. */
  NONE,
  /** At the edge, λ₁ = 2/η̃ from the weight norm alone. */
  NORM,
  /** Iterates: single ones below the edge, pair means at it. */
  ITERATE,
  /** Midpoints. */
  MIDPOINT;

  byte code() {
    return (byte)
        switch (this) {
          case NONE -> 0;
          case NORM -> 1;
          case ITERATE -> 2;
          case MIDPOINT -> 3;
        };
  }

  static SharpnessSource of(byte code) {
    return switch (code) {
      case 0 -> NONE;
      case 1 -> NORM;
      case 2 -> ITERATE;
      case 3 -> MIDPOINT;
      default -> throw new IllegalArgumentException("no sharpness source has code " + code);
    };
  }

  boolean measured() {
    return compareTo(NORM) > 0;
  }
}
