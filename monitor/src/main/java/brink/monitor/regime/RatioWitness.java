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
 * @param age samples since the last of them
 */
record RatioWitness(RatioSource source, Smoothed value, Smoothed error, int age) {
  static final RatioWitness NONE =
      new RatioWitness(RatioSource.NONE, Smoothed.EMPTY, Smoothed.EMPTY, 0);

  /**
   * With one more sample; a worse source is taken up once the better one has been silent for {@code
   * patience} samples.
   */
  RatioWitness with(@Nullable RatioReading reading, int window, int patience) {
    boolean stale = age >= patience;
    if (reading == null || (reading.source().compareTo(source) < 0 && !stale)) {
      return stale ? NONE : new RatioWitness(source, value, error, age + 1);
    }
    RatioWitness base = reading.source() == source ? this : NONE;
    return new RatioWitness(
        reading.source(),
        base.value.with(reading.value(), window),
        base.error.with(reading.error(), window),
        0);
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
    out.put(age);
  }

  static RatioWitness read(StateReader in) {
    RatioSource source = RatioSource.of(in.getByte());
    return new RatioWitness(source, Smoothed.read(in), Smoothed.read(in), in.getInt());
  }
}
