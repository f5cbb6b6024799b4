package brink.monitor.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the newest steps of a run say in short.
 *
 * @param stabilityRatio s, the mean of two adjacent steps where there are two; null is not measured
 * @param sharpness λ₁; null is not measured
 * @param from first step of the sparkline
 * @param to last step of the sparkline
 * @param sparkline means of s over equally many samples each, oldest first
 */
public record Vitals(
    @Nullable Double stabilityRatio,
    @Nullable Double sharpness,
    long from,
    long to,
    List<Double> sparkline) {
  public Vitals {
    sparkline = List.copyOf(sparkline);
  }
}
