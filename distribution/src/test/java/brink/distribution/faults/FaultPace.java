package brink.distribution.faults;

import java.time.Duration;

/**
 * How long faults last: {@code -Dfaults.pace=0.1} makes an outage of 150 s one of 15 s, and the
 * silence after which a run is stalled as much shorter. Kafka's own timeouts stay as they are.
 */
final class FaultPace {
  private static final double PACE = Double.parseDouble(System.getProperty("faults.pace", "1"));

  private FaultPace() {}

  /** A duration of the table at the pace of this build. */
  static Duration of(Duration atFullLength) {
    return Duration.ofMillis(Math.round(atFullLength.toMillis() * PACE));
  }

  /** Such a duration in seconds. */
  static Duration seconds(long atFullLength) {
    return of(Duration.ofSeconds(atFullLength));
  }

  /** How often something happens that happens this often at full length; once at least. */
  static int times(int atFullLength) {
    return Math.max(1, (int) Math.round(atFullLength * Math.min(1, PACE)));
  }

  /** A duration as the program's options take it. */
  static String option(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
