package brink.monitor.run;

import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A run under way through the fold, with all that came out of it. */
final class Folded {
  final List<RegimeChanged> changes = new ArrayList<>();
  final List<FlowFitted> fits = new ArrayList<>();
  final List<Rejection> rejections = new ArrayList<>();
  final List<StepReadings> readings = new ArrayList<>();
  private final RunFold fold = new RunFold();
  private RunState state;

  Folded(String precision) {
    this(RunStarted.newBuilder().setPrecision(precision));
  }

  Folded(RunStarted.Builder started) {
    state = fold.start(started.setRunId("run").build());
  }

  static Folded of(List<StepObserved> steps) {
    Folded folded = new Folded("float64");
    steps.forEach(folded::step);
    return folded;
  }

  Outcome step(StepObserved step) {
    return take(fold.step(state, step));
  }

  Outcome end(long lastStep, RunStatus status) {
    RunEnded end =
        RunEnded.newBuilder().setRunId("run").setLastStep(lastStep).setStatus(status).build();
    return take(fold.end(state, end));
  }

  Outcome resume(long step) {
    RunStarted.Builder started = RunStarted.newBuilder().setRunId("run");
    started.getResumedFromBuilder().setRunId("run").setStep(step);
    return take(fold.resume(state, started.build()));
  }

  private Outcome take(Outcome outcome) {
    state = outcome.state();
    changes.addAll(outcome.changes());
    rejections.addAll(outcome.rejections());
    fits.addAll(outcome.fits());
    if (outcome.readings() != null) {
      readings.add(outcome.readings());
    }
    return outcome;
  }

  RunState state() {
    return state;
  }

  /** Replaces the state by what is left of it after encoding; gives its size in bytes. */
  int recode() {
    byte[] bytes = RunStateCodec.encode(state);
    state = RunStateCodec.decode(bytes);
    return bytes.length;
  }

  List<Regime> regimes() {
    Stream<Regime> first = Stream.of(Regime.REGIME_STARTING);
    return Stream.concat(first, changes.stream().map(RegimeChanged::getTo)).toList();
  }

  List<RejectionReason> reasons() {
    return rejections.stream().map(Rejection::reason).toList();
  }

  RegimeChanged change(Regime to) {
    return changes.stream().filter(change -> change.getTo() == to).findFirst().orElseThrow();
  }

  /**
   * Largest relative error of the one-unit-ahead forecasts against the smoothed sharpness that
   * came.
   */
  double worstForecast() {
    double worst = 0;
    for (FlowFitted fit : fits) {
      if (fit.getForecastsCount() == 3) {
        double came = sharpnessAt(fit.getFlowTime() + 1);
        double error = Math.abs(fit.getForecasts(1).getSharpness() / came - 1);
        worst = Double.isNaN(came) ? worst : Math.max(worst, error);
      }
    }
    return worst;
  }

  private double sharpnessAt(double flowTime) {
    return fits.stream()
        .filter(fit -> fit.getFlowTime() >= flowTime && fit.hasSharpness())
        .mapToDouble(FlowFitted::getSharpness)
        .findFirst()
        .orElse(Double.NaN);
  }
}
