package brink.trainer.descent;

/** Where on the sphere a run measures its sharpness. */
public enum CurvaturePoints {
  /** Nowhere. */
  NONE,
  /** At every iterate; alternates with period two at the edge. */
  ITERATE,
  /** Between an iterate and the next: free of the oscillation, for one more gradient. */
  MIDPOINT,
  /** At both. */
  BOTH;

  boolean atIterate() {
    return this == ITERATE || this == BOTH;
  }

  boolean atMidpoint() {
    return this == MIDPOINT || this == BOTH;
  }
}
