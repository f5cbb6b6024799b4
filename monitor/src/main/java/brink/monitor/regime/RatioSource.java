package brink.monitor.regime;

import brink.v1.SharpnessPoint;

/** How a stability ratio was had, worst first. */
enum RatioSource {
  NONE("no stability ratio", SharpnessPoint.SHARPNESS_POINT_UNSPECIFIED),
  GRADIENTS("from gradients, sharpness not measured", SharpnessPoint.SHARPNESS_POINT_UNSPECIFIED),
  ITERATE("single iterates, one phase", SharpnessPoint.SHARPNESS_POINT_ITERATE),
  ITERATE_PAIR("pair mean of iterates", SharpnessPoint.SHARPNESS_POINT_ITERATE),
  MIDPOINT("midpoint", SharpnessPoint.SHARPNESS_POINT_MIDPOINT);

  private final String words;
  private final SharpnessPoint point;

  RatioSource(String words, SharpnessPoint point) {
    this.words = words;
    this.point = point;
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
