package brink.monitor.series;

import java.util.Locale;

/** What a chart is drawn over. */
public enum Axis {
  STEP,
  FLOW_TIME,
  /** Milliseconds since 1970, held where a producer's clock goes back. */
  TIME;

  /** Name in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
