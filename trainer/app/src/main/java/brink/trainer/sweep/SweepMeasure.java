package brink.trainer.sweep;

import java.util.Locale;

/** What a heat map of a sweep shows of each run. */
public enum SweepMeasure {
  /** The step at which the run entered the edge. */
  EDGE("edge step"),
  /** How far it came. */
  OUTCOME("outcome"),
  /** Its last loss. */
  LOSS("last loss"),
  /** Its last λ₁. */
  SHARPNESS("last λ₁"),
  /** Its last stability ratio. */
  RATIO("last s");

  private final String words;

  SweepMeasure(String words) {
    this.words = words;
  }

  /** What it is, for people. */
  public String words() {
    return words;
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
