package brink.monitor.regime;

import brink.monitor.geometry.Smoothed;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * How irregular a run is, over more samples than the evidence for an edge looks at.
 *
 * @param above share of samples whose measured stability ratio is above 1
 * @param ratio measured stability ratio
 * @param throwsLately throws off the edge, each counted less the longer ago it was
 * @param sinceThrow samples since the last one
 */
record Turbulence(Smoothed above, Smoothed ratio, double throwsLately, int sinceThrow) {
  private static final int NEVER = 1 << 20;

  static final Turbulence NONE = new Turbulence(Smoothed.EMPTY, Smoothed.EMPTY, 0, NEVER);

  /**
   * With one more sample.
   *
   * @param thrown whether it is thrown off the edge
   */
  Turbulence with(@Nullable RatioReading reading, boolean thrown, DetectorSettings settings) {
    double decayed = throwsLately * StrictMath.exp(-1 / settings.chaos().throwMemory());
    double throwsNow = decayed + (thrown ? 1 : 0);
    int since = thrown ? 0 : Math.min(sinceThrow + 1, NEVER);
    if (reading == null || !reading.source().measured()) {
      return new Turbulence(above, ratio, throwsNow, since);
    }
    int horizon = settings.catapult().slowSamples();
    return new Turbulence(
        above.with(reading.value() > 1 ? 1 : 0, horizon),
        ratio.with(reading.value(), horizon),
        throwsNow,
        since);
  }

  /** Whether s is above 1 for the most part. */
  boolean isBeyond(DetectorSettings settings) {
    return above.count() >= settings.catapult().slowSamples()
        && above.mean() > settings.chaos().chaosShare();
  }

  /** Whether s keeps below what an edge may have, its scatter included. */
  boolean isWithin(double highest) {
    return !ratio.known() || ratio.mean() + Math.sqrt(ratio.variance()) <= highest;
  }

  /** Samples between two throws, if they go on as they lately came. */
  double throwSpacing(DetectorSettings settings) {
    return -settings.chaos().throwMemory() * StrictMath.log(1 - 1 / Math.max(throwsLately, 1.001));
  }

  void write(StateWriter out) {
    above.write(out);
    ratio.write(out);
    out.put(throwsLately).put(sinceThrow);
  }

  static Turbulence read(StateReader in) {
    return new Turbulence(Smoothed.read(in), Smoothed.read(in), in.getDouble(), in.getInt());
  }
}
