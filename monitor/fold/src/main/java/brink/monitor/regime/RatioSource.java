package brink.monitor.regime;

import brink.v1.SharpnessPoint;

/** How a stability ratio was had, worst first. */
enum RatioSource {
  NONE(0, "no stability ratio", SharpnessPoint.SHARPNESS_POINT_UNSPECIFIED),
  GRADIENTS(
      1, "from gradients, sharpness not measured", SharpnessPoint.SHARPNESS_POINT_UNSPECIFIED),
  ITERATE(2, "single iterates, one phase", SharpnessPoint.SHARPNESS_POINT_ITERATE),
  ITERATE_PAIR(3, "pair mean of iterates", SharpnessPoint.SHARPNESS_POINT_ITERATE),
  MIDPOINT(4, "midpoint", SharpnessPoint.SHARPNESS_POINT_MIDPOINT);

  private final byte code;
  private final String words;
  private final SharpnessPoint point;

  RatioSource(int code, String words, SharpnessPoint point) {
    this.code = (byte) code;
    this.words = words;
    this.point = point;
  }

  /** In the encoded state: never reuse one. */
  byte code() {
    return code;
  }

  static RatioSource of(byte code) {
    for (RatioSource source : values()) {
      if (source.code == code) {
        return source;
      }
    }
    throw new IllegalArgumentException("no ratio source has code " + code);
  }

  String words() {
    return words;
  }

  SharpnessPoint point() {
    return point;
  }

  /** Whether sharpness went into it. */
  boolean measured() {
    return compareTo(GRADIENTS) > 0;
  }
}
