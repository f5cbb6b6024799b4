package brink.monitor.regime;

/**
 * When a change happened: best step and 95 % interval.
 *
 * @param step best estimate
 * @param low lower end
 * @param high upper end
 */
record Onset(long step, long low, long high) {
  static Onset at(long step) {
    return new Onset(step, step, step);
  }

  static Onset between(long after, long step, long detected) {
    return new Onset(step, after < 0 ? step : Math.min(after, step), detected);
  }
}
