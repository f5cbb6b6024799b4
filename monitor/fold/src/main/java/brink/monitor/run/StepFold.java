package brink.monitor.run;

import brink.monitor.flow.FlowMeter;
import brink.monitor.flow.FlowUpdate;
import brink.monitor.geometry.RadialDecay;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.regime.Detection;
import brink.monitor.regime.DetectorState;
import brink.monitor.regime.LedgerEntry;
import brink.monitor.regime.RegimeDetector;
import brink.v1.FlowFitted;
import org.jspecify.annotations.Nullable;

/** The fold of steps whose turn has come. */
final class StepFold {
  private final LedgerTolerance tolerance = LedgerTolerance.defaults();
  private final RegimeDetector detector;
  private final FlowMeter meter;

  StepFold(RegimeDetector detector, FlowMeter meter) {
    this.detector = detector;
    this.meter = meter;
  }

  double tolerance(String precision) {
    return tolerance.of(precision);
  }

  /**
   * Folds one finite step.
   *
   * @return what follows from it by definition
   */
  StepReadings fold(Progress progress, SphericalStep untimed) {
    RunState state = progress.state();
    SphericalStep step = untimed.at(untimed.flowTimeAfter(state.previous(), state.flowTime()));
    SphericalStep previous = state.previous();
    SphericalStep before = step.follows(previous) ? previous : null;
    Double ledgerError =
        before == null || !state.motion().keepsLedger() ? null : step.ledgerError(before);
    LedgerEntry ledger =
        before == null || ledgerError == null
            ? null
            : tolerance.entry(state, before, step, ledgerError);
    FlowUpdate flow =
        meter.step(
            state.runId(),
            state.flow(),
            step,
            previous,
            RegimeDetector.isAtEdge(state.regime()),
            state.episode(),
            state.radialDecay());
    Detection detection =
        detector.step(state.runId(), state.detector(), step, before, ledger, flow.reading());
    progress.moveTo(
        state.after(
            state.sequence().with(step.step()),
            step.flowTime(),
            step,
            detection.state(),
            flow.state()));
    progress.change(detection.change());
    progress.fitted(withInvariance(flow.fitted(), detection.state()));
    return StepReadings.of(step, ledgerError);
  }

  private static @Nullable FlowFitted withInvariance(
      @Nullable FlowFitted fitted, DetectorState state) {
    Long lost = state.scaleInvarianceLostAt();
    RadialDecay radial = state.radialDecay();
    if (fitted == null || (lost == null && !radial.known())) {
      return fitted;
    }
    FlowFitted.Builder told = fitted.toBuilder();
    if (lost != null) {
      told.setScaleInvarianceLostAtStep(lost);
    }
    if (radial.known()) {
      told.getRadialDecayBuilder().setValue(radial.share()).setStandardError(radial.error());
    }
    return told.build();
  }

  /** Folds a step whose loss, norms or hyper-parameters are not finite. */
  void foldNotFinite(Progress progress, long step, String fields) {
    RunState state = progress.state();
    Detection detection = detector.notFinite(state.runId(), state.detector(), step, fields);
    progress.moveTo(
        state.after(
            state.sequence().with(step), state.flowTime(), null, detection.state(), state.flow()));
    progress.change(detection.change());
  }

  /** What follows from a step that has to wait, as if nothing came before it any more. */
  static StepReadings ahead(RunState state, SphericalStep untimed) {
    return StepReadings.of(
        untimed.at(untimed.flowTimeAfter(state.previous(), state.flowTime())), null);
  }
}
