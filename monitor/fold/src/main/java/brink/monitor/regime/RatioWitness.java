package brink.monitor.regime;

import brink.monitor.geometry.Smoothed;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The stability ratio over the last samples, all from one source: the values at midpoints and at
 * iterates differ by order √η_in.
 *
 * @param source where they are from
 * @param value the ratios
 * @param error their single errors
 * @param last the newest of them; meaningless while there is none
 * @param jitter half of the squared difference of log s between neighbours: the variance of one
 *     value, whatever its error is said to be
 * @param age samples since the last of them
 */
record RatioWitness(
    RatioSource source, Smoothed value, Smoothed error, double last, Smoothed jitter, int age) {
  static final RatioWitness NONE =
      new RatioWitness(RatioSource.NONE, Smoothed.EMPTY, Smoothed.EMPTY, 0, Smoothed.EMPTY, 0);

  /**
   * With one more sample; a worse source is taken up once the better one has been silent for {@code
   * patience} samples.
   */
  RatioWitness with(@Nullable RatioReading reading, int window, int patience) {
    boolean stale = age >= patience;
    if (reading == null || (reading.source().compareTo(source) < 0 && !stale)) {
      return stale ? NONE : new RatioWitness(source, value, error, last, jitter, age + 1);
    }
    RatioWitness base = reading.source() == source ? this : NONE;
    return new RatioWitness(
        reading.source(),
        base.value.with(reading.value(), window),
        base.error.with(reading.error(), window),
        reading.value(),
        base.jitter(reading.value(), patience),
        0);
  }

  private Smoothed jitter(double next, int horizon) {
    if (!value.known() || !(last > 0) || !(next > 0)) {
      return jitter;
    }
    double change = StrictMath.log(next / last);
    return jitter.with(change * change / 2, horizon);
  }

  /** Standard deviation of log s from sample to sample; 0 where it is not known. */
  double scatter() {
    return Math.sqrt(jitter.mean());
  }

  boolean known() {
    return value.known();
  }

  double mean() {
    return value.mean();
  }

  /** From the scatter of the samples, and the error that they share. */
  double standardError() {
    return Math.hypot(value.standardError(), error.mean());
  }

  void write(StateWriter out) {
    out.put(source.code());
    value.write(out);
    error.write(out);
    out.put(last);
    jitter.write(out);
    out.put(age);
  }

  static RatioWitness read(StateReader in) {
    RatioSource source = RatioSource.of(in.getByte());
    return new RatioWitness(
        source,
        Smoothed.read(in),
        Smoothed.read(in),
        in.getDouble(),
        Smoothed.read(in),
        in.getInt());
  }
}
