package brink.monitor.flow;

import brink.monitor.settings.Allowed;

/**
 * How far off forecasts are.
 *
 * @param modelError The closed form is taken to get this share of a forecast change of log λ₁ wrong
 *     until past forecasts say better; below 1 % was seen with one eigenvalue at the edge, and 8 to
 *     10 % with two.
 * @param pairOffset A forecast of log λ₁ is off by at least this, in units of η_in, where sharpness
 *     is measured.
 * @param edgeOffset λ₁ = 2/η̃ has this standard error, in units of η_in, where it stands in for
 *     measured sharpness; how far s is from 1 depends on higher derivatives of the loss, and ln s
 *     was 2 to 5 times η_in on linear regression, 6 to 17 with two eigenvalues at the edge, and 20
 *     to 100 on networks.
 * @param levelRelaxation The present rate is taken to die down at this rate, per unit of flow time,
 *     where λ₁ wanders more than it flows; on small perceptrons 4 to 8 forecast best.
 * @param transientFactor The oldest bins are dropped where the oldest local window scatters more
 *     than this many times as much as the newest; after an onset the oscillation swells and dies
 *     for 0.01 to 0.3 units of flow time, and steady noise varies by less than 2 in 12 bins.
 */
public record ErrorSettings(
    double modelError,
    double pairOffset,
    double edgeOffset,
    double levelRelaxation,
    double transientFactor) {
  private static final double MODEL_ERROR = 0.07;
  private static final double PAIR_OFFSET = 0.05;
  private static final double EDGE_OFFSET = 30;
  private static final double LEVEL_RELAXATION = 6;
  private static final double TRANSIENT_FACTOR = 3;

  /** Refuses what makes no sense. */
  public ErrorSettings {
    Allowed.from("modelError", modelError, 0);
    Allowed.positive("pairOffset", pairOffset);
    Allowed.positive("edgeOffset", edgeOffset);
    Allowed.positive("levelRelaxation", levelRelaxation);
    Allowed.from("transientFactor", transientFactor, 1);
  }

  /** The settings that the reasons above speak of. */
  static ErrorSettings defaults() {
    return new ErrorSettings(
        MODEL_ERROR, PAIR_OFFSET, EDGE_OFFSET, LEVEL_RELAXATION, TRANSIENT_FACTOR);
  }
}
