package brink.monitor.flow;

import brink.monitor.flow.RelaxationFit.Parameters;
import brink.monitor.geometry.DirectionTest;
import brink.monitor.geometry.RadialDecay;
import brink.monitor.geometry.SphericalStep;
import brink.v1.Estimate;
import brink.v1.FlowFitted;
import java.util.ArrayList;
import java.util.Arrays;
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

  FlowUpdate fit(
      FlowState filled, SphericalStep step, RadialDecay radial, FlowFitted.Builder fitted) {
    FlowState state = filled.withHistory(withoutTransient(filled.history()));
    FlowHistory bins = state.history();
    LocalFit sharpness = LocalFit.widest(bins, bins::logSharpness, settings.bins().localBins(), 2);
    LocalFit share = LocalFit.cautious(bins, bins::share, settings.bins().localBins(), 1);
    LocalFit direct = LocalFit.cautious(bins, bins::direct, settings.bins().localBins(), 1);
    if (direct != null) {
      fitted.setDirect(estimate(direct.value(), direct.valueError()));
    }
    if (sharpness == null || share == null) {
      return new FlowUpdate(state, fitted.build(), null);
    }
    fitted.setSharpness(StrictMath.exp(sharpness.value()));
    LocalFit ratio = LocalFit.cautious(bins, bins::logRatio, settings.bins().localBins(), 1);
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
            2 * Math.hypot(share.valueError(), radial.error()),
            state.source().measured(),
            integrity == null ? null : integrity.holds(),
            trials(state, step, radial),
            state.rest().rest());
    add(reading, integrity, fitted);
    addStepsToNext(state.history(), step, fitted);
    FlowState next = forecast(state, step, sharpness, share, fitted);
    return new FlowUpdate(next, fitted.build(), reading);
  }

  private List<FlowTrial> trials(FlowState state, SphericalStep step, RadialDecay radial) {
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
      FlowHistory bins = state.history();
      int recent = Math.max(0, bins.size() - settings.bins().localBins());
      double late = GradientTrial.late(bins.lagging(recent), settings);
      trials.add(DirectionTrial.of(direction.with(radial), step.flowTimeStep(), late, settings));
    }
    return List.copyOf(trials);
  }

  // To where eigenvalues count as being at the threshold (SphericalStep). As on the way to the
  // edge, nothing in the theory says how the next one goes on.
  private static void addStepsToNext(
      FlowHistory bins, SphericalStep step, FlowFitted.Builder fitted) {
    SharpnessDrift next = SharpnessDrift.of(bins, bins::logNext);
    if (next != null) {
      double threshold = StrictMath.log1p(-Math.sqrt(step.intrinsicLearningRate()) / 2);
      Estimate steps = next.stepsToRise(threshold - next.at(step.flowTime()), 0, 0, step);
      if (steps != null) {
        fitted.setStepsToNextEigenvalue(steps);
      }
    }
  }

  private FlowHistory withoutTransient(FlowHistory bins) {
    FlowHistory kept = bins;
    int window = settings.bins().localBins();
    LocalFit newest = LocalFit.of(bins, bins::share, window, 1);
    while (newest != null && kept.size() > settings.bins().fewestBins()) {
      FlowHistory early = kept.oldest(window);
      LocalFit oldest = LocalFit.of(early, early::share, window, 1);
      double limit =
          settings.errors().transientFactor()
              * Math.max(newest.scatter(), settings.relaxation().shareFloor());
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
      FlowState state,
      SphericalStep step,
      LocalFit sharpness,
      LocalFit share,
      FlowFitted.Builder fitted) {
    FlowHistory bins = state.history();
    double now = step.flowTime();
    RelaxationFit fit =
        bins.size() < settings.bins().fewestBins()
            ? null
            : RelaxationFit.of(bins, start(state, share), share.scatter(), settings);
    if (fit != null) {
      addRelaxation(fit, fitted);
    }
    double rate = step.flowTimeStep();
    TrackRecord record =
        forecaster.forecast(
            state.record(),
            bins,
            now,
            outlooks(bins, now, fit, sharpness, share),
            settings.errors().pairOffset() * rate,
            state.source().measured() ? 0 : settings.errors().edgeOffset() * rate,
            ExcessLoss.of(state, share, step, settings),
            fitted);
    return state.with(fit == null ? null : fit.parameters(), record);
  }

  // A closed form that is not sure of itself is none, or its failures would count against it later.
  private List<@Nullable Outlook> outlooks(
      FlowHistory bins,
      double now,
      @Nullable RelaxationFit fit,
      LocalFit sharpness,
      LocalFit share) {
    Outlook relaxation = fit == null ? null : RelaxationOutlook.of(fit, bins, settings);
    boolean sure =
        relaxation != null && relaxation.sure(now + settings.forecast().horizons().getFirst());
    return Arrays.asList(
        sure ? relaxation : null,
        LevelOutlook.of(bins, sharpness.scatter(), share.scatter(), settings));
  }

  private Parameters start(FlowState state, LocalFit share) {
    if (!Double.isNaN(state.kappa())) {
      return new Parameters(state.logGradientSquared(), state.kappa());
    }
    double angular = SharpnessReductionFlow.gradientSquaredFromShare(share.value());
    double least = angular > LEAST_GRADIENT_SQUARED ? angular : LEAST_GRADIENT_SQUARED;
    return new Parameters(StrictMath.log(least), settings.relaxation().kappa());
  }

  private void addRelaxation(RelaxationFit fit, FlowFitted.Builder fitted) {
    fitted.setKappa(estimate(fit.parameters().kappa(), fit.kappaError()));
    double change = fit.changeUntilRest();
    double error =
        Math.hypot(
            Math.hypot(fit.changeUntilRestError(), settings.errors().modelError() * change),
            fit.wander());
    double rest = StrictMath.exp(fit.level() + change);
    if (Double.isFinite(rest * error)) {
      fitted.setAsymptote(estimate(rest, rest * error));
    }
  }

  private static Estimate estimate(double value, double error) {
    return Estimate.newBuilder().setValue(value).setStandardError(error).build();
  }
}
