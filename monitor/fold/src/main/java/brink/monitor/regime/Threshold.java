package brink.monitor.regime;

import brink.monitor.geometry.Smoothed;

/** How the stability ratio of a run that oscillates stands to 1: what makes it an edge, or not. */
enum Threshold {
  /** It is 1 within two of its standard errors, or was not measured. */
  AT,
  /** Above 1, where an oscillation grows: an onset overshoots. */
  ABOVE,
  /** The norm is thrown up, and sharpness with it. */
  THROWN,
  /** At the Hessian below 1, along the moves, which go over the kinks of a ReLU, not. */
  ALONG_MOVES,
  /** Below 1, but within the distance that deep networks keep. */
  NEAR,
  /** Too far below 1 for an edge. */
  BELOW;

  /** Standard errors within which s is taken for 1. */
  static final double ERRORS = 2;

  static Threshold of(Signals signals, boolean thrown, DetectorSettings settings) {
    RatioWitness ratio = signals.ratio();
    if (!ratio.known()) {
      return AT;
    }
    if (thrown) {
      return THROWN;
    }
    double distance = ratio.mean() - 1;
    if (Math.abs(distance) <= ERRORS * ratio.standardError()) {
      return AT;
    }
    if (distance > 0) {
      return ABOVE;
    }
    Smoothed along = signals.witnesses().alongMove();
    double least = settings.edge().edgeRatio();
    if (ratio.source().measured()
        && along.known()
        && along.mean() > Math.max(ratio.mean(), least)) {
      return ALONG_MOVES;
    }
    return ratio.mean() >= least ? NEAR : BELOW;
  }
}
