package brink.monitor.flow;

/**
 * Settings of the flow's fit. Times are in units of flow time, the flow's own scale. Their names
 * are those of all their parts.
 *
 * @param bins what goes into the bins that the flow is fitted to
 * @param trial when a test of the flow agrees, and when it fails
 * @param reach how far a measurement reaches
 * @param relaxation what the closed form is fitted with
 * @param errors how far off forecasts are
 * @param forecast what forecasts say
 */
public record FlowSettings(
    BinSettings bins,
    TrialSettings trial,
    ReachSettings reach,
    RelaxationSettings relaxation,
    ErrorSettings errors,
    ForecastSettings forecast) {
  /** More than any run lasts: a million steps at η_in = 1e-3. */
  static final double MOST_FLOW_TIME = 1000;

  /** The settings that the reasons of the parts speak of. */
  public static FlowSettings defaults() {
    return new FlowSettings(
        BinSettings.defaults(),
        TrialSettings.defaults(),
        ReachSettings.defaults(),
        RelaxationSettings.defaults(),
        ErrorSettings.defaults(),
        ForecastSettings.defaults());
  }
}
