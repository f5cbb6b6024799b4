package brink.monitor.regime;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * Where the stability ratio last rose through 1: the step by interpolation, the interval from two
 * errors either side. Steps are −1 while there is none.
 *
 * @param clearlyBelow last step with s + 2·error &lt; 1
 * @param below last step with s &lt; 1
 * @param ratioBelow s there
 * @param step first step with s ≥ 1, between samples by linear interpolation
 * @param clearlyAbove first step since with s − 2·error ≥ 1
 */
record Crossing(long clearlyBelow, long below, double ratioBelow, long step, long clearlyAbove) {
  static final Crossing NONE = new Crossing(-1, -1, 0, -1, -1);

  Crossing with(long at, @Nullable RatioReading reading) {
    if (reading == null || !reading.source().measured()) {
      return this;
    }
    double s = reading.value();
    double margin = 2 * reading.error();
    if (s < 1) {
      return new Crossing(s + margin < 1 ? at : clearlyBelow, at, s, -1, -1);
    }
    long crossed = step >= 0 || below < 0 ? step : interpolate(at, s);
    boolean first = clearlyAbove < 0 && crossed >= 0 && s - margin >= 1;
    return new Crossing(clearlyBelow, below, ratioBelow, crossed, first ? at : clearlyAbove);
  }

  private long interpolate(long at, double s) {
    return below + (long) Math.ceil((at - below) * (1 - ratioBelow) / (s - ratioBelow));
  }

  boolean known() {
    return step >= 0;
  }

  /** Whether the crossing was over before a step at which the gradient was still at rest. */
  boolean silentBefore(long restingStep) {
    return known() && clearlyAbove >= 0 && restingStep >= clearlyAbove;
  }

  void write(StateWriter out) {
    out.put(clearlyBelow).put(below).put(ratioBelow).put(step).put(clearlyAbove);
  }

  static Crossing read(StateReader in) {
    return new Crossing(in.getLong(), in.getLong(), in.getDouble(), in.getLong(), in.getLong());
  }
}
