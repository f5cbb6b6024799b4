package brink.monitor.flow;

import brink.monitor.flow.RelaxationFit.Parameters;
import brink.monitor.geometry.DirectionTest;
import brink.monitor.geometry.SphericalStep;
import brink.v1.Estimate;
import brink.v1.FlowFitted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flow at the edge: G² three ways, the rates, tests of the flow, κ and the forecast, from the
 * closed bins.
 */
final class EdgeFit {
  /** G² below which its logarithm is no start for a fit. */
  private static final double LEAST_GRADIENT_SQUARED = 1e-3;

  private final FlowSettings settings;
  private final Forecaster forecaster;

  EdgeFit(FlowSettings settings) {
    this.settings = settings;
    this.forecaster = new Forecaster(settings);
  }

  FlowUpdate fit(FlowState filled, SphericalStep step, FlowFitted.Builder fitted) {
    FlowState state = filled.withHistory(withoutTransient(filled.history()));
    FlowHistory bins = state.history();
    LocalFit sharpness = LocalFit.widest(bins, bins::logSharpness, settings.localBins(), 2);
    LocalFit share = LocalFit.cautious(bins, bins::share, settings.localBins(), 1);
    LocalFit direct = LocalFit.cautious(bins, bins::direct, settings.localBins(), 1);
    if (direct != null) {
      fitted.setDirect(estimate(direct.value(), direct.valueError()));
    }
    if (sharpness == null || share == null) {
      return new FlowUpdate(state, fitted.build(), null);
    }
    fitted.setSharpness(StrictMath.exp(sharpness.value()));
    LocalFit ratio = LocalFit.cautious(bins, bins::logRatio, settings.localBins(), 1);
    HeldEdge held = HeldEdge.of(ratio, settings);
    if (held.isHeld()) {
      addGradientSquared(state, sharpness, share, held, fitted);
    }
    Integrity integrity = state.source().measured() ? Integrity.of(bins, settings) : null;
    EdgeReading reading =
        new EdgeReading(
            sharpness.rate(),
            sharpness.rateError(),
            SharpnessReductionFlow.rateFromShare(share.value()),
            2 * share.valueError(),
            state.source().measured(),
            integrity == null ? null : integrity.holds(),
            trials(state, step),
            state.rest().rest());
    add(reading, integrity, fitted);
    FlowState next = forecast(state, step.flowTime(), sharpness, share, fitted);
    return new FlowUpdate(next, fitted.build(), reading);
  }

  private List<FlowTrial> trials(FlowState state, SphericalStep step) {
    if (!state.source().measured()) {
      return List.of();
    }
    List<FlowTrial> trials = new ArrayList<>();
    FlowTrial gradient = GradientTrial.of(state.history(), step.flowTimeStep(), settings);
    if (gradient != null) {
      trials.add(gradient);
    }
    DirectionTest direction = state.direction();
    if (direction != null) {
      trials.add(DirectionTrial.of(direction, settings));
    }
    return List.copyOf(trials);
  }

  private FlowHistory withoutTransient(FlowHistory bins) {
    FlowHistory kept = bins;
    int window = settings.localBins();
    LocalFit newest = LocalFit.of(bins, bins::share, window, 1);
    while (newest != null && kept.size() > settings.fewestBins()) {
      FlowHistory early = kept.oldest(window);
      LocalFit oldest = LocalFit.of(early, early::share, window, 1);
      double limit = settings.transientFactor() * Math.max(newest.scatter(), settings.shareFloor());
      if (oldest == null || oldest.scatter() <= limit) {
        break;
      }
      kept = kept.withoutOldest();
    }
    return kept;
  }

  // Both on the flow's own clock τ − ½·ln s, which stands still while s rises freely.
  private static void addGradientSquared(
      FlowState state,
      LocalFit sharpness,
      LocalFit share,
      HeldEdge held,
      FlowFitted.Builder fitted) {
    double q = share.value() / held.clock();
    if (q > 0) {
      double slope = SharpnessReductionFlow.gradientSquaredByShare(q);
      double error = Math.hypot(share.valueError() / q, held.clockError()) * q;
      fitted.setAngularStep(
          estimate(SharpnessReductionFlow.gradientSquaredFromShare(q), Math.abs(slope) * error));
    }
    double rate = sharpness.rate() / held.clock();
    if (state.source().measured() && rate > -2) {
      double slope = SharpnessReductionFlow.gradientSquaredByRate(rate);
      double error = Math.hypot(sharpness.rateError(), rate * held.clockError()) / held.clock();
      fitted.setSharpnessDecay(
          estimate(SharpnessReductionFlow.gradientSquaredFromRate(rate), Math.abs(slope) * error));
    }
  }

  private static void add(
      EdgeReading reading, @Nullable Integrity integrity, FlowFitted.Builder fitted) {
    fitted.setPredictedRate(estimate(reading.implied(), reading.impliedError()));
    if (reading.sharpnessMeasured()) {
      fitted.setMeasuredRate(estimate(reading.measured(), reading.measuredError()));
    }
    if (integrity != null) {
      fitted.setLedgerDifference(estimate(integrity.difference(), integrity.error()));
    }
    if (reading.ledgerHolds() != null) {
      fitted.setConsistent(reading.ledgerHolds());
    }
    for (FlowTrial trial : reading.trials()) {
      fitted.addTests(trial.toMessage());
    }
    if (!reading.trials().isEmpty()) {
      fitted.setAgreementPValue(reading.trials().getFirst().probability());
    }
    if (reading.failing() != null) {
      fitted.setFailing(reading.failing());
    }
  }

  private FlowState forecast(
      FlowState state, double now, LocalFit sharpness, LocalFit share, FlowFitted.Builder fitted) {
    RelaxationFit fit =
        state.history().size() < settings.fewestBins()
            ? null
            : RelaxationFit.of(
                state.history(),
                start(state, sharpness, share),
                Math.max(sharpness.scatter(), settings.sharpnessFloor()),
                Math.max(share.scatter(), settings.shareFloor()));
    if (fit != null) {
      addRelaxation(fit, fitted);
    }
    TrackRecord record = forecaster.forecast(state.record(), state.history(), now, fit, fitted);
    return state.with(fit == null ? null : fit.parameters(), record);
  }

  private static Parameters start(FlowState state, LocalFit sharpness, LocalFit share) {
    if (!Double.isNaN(state.kappa())) {
      return new Parameters(sharpness.value(), state.logGradientSquared(), state.kappa());
    }
    double angular = SharpnessReductionFlow.gradientSquaredFromShare(share.value());
    double least = Math.max(angular, LEAST_GRADIENT_SQUARED);
    return new Parameters(sharpness.value(), StrictMath.log(least), 1);
  }

  private void addRelaxation(RelaxationFit fit, FlowFitted.Builder fitted) {
    double kappa = fit.parameters().kappa();
    fitted.setKappa(estimate(kappa, fit.kappaError()));
    double logRest = fit.logSharpnessAtRest();
    double change = logRest - fit.parameters().logSharpness();
    double error = Math.hypot(fit.logSharpnessAtRestError(), settings.modelError() * change);
    double rest = StrictMath.exp(logRest);
    if (kappa > 0 && Double.isFinite(rest * error)) {
      fitted.setAsymptote(estimate(rest, rest * error));
    }
  }

  private static Estimate estimate(double value, double error) {
    return Estimate.newBuilder().setValue(value).setStandardError(error).build();
  }
}
