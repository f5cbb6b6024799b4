package brink.monitor.flow;

import brink.monitor.flow.RelaxationFit.Parameters;
import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import org.jspecify.annotations.Nullable;

/** The flow at the edge: G² three ways, both rates, κ and the forecast, from the closed bins. */
final class EdgeFit {
  /** G² below which its logarithm is no start for a fit. */
  private static final double LEAST_GRADIENT_SQUARED = 1e-3;

  private final FlowSettings settings;

  EdgeFit(FlowSettings settings) {
    this.settings = settings;
  }

  FlowUpdate fit(FlowState filled, FlowFitted.Builder fitted) {
    FlowState state = filled.withHistory(withoutTransient(filled.history()));
    FlowHistory bins = state.history();
    LocalFit sharpness = LocalFit.of(bins, bins::logSharpness, settings.localBins(), 2);
    LocalFit share = LocalFit.of(bins, bins::share, settings.localBins(), 1);
    LocalFit direct = LocalFit.of(bins, bins::direct, settings.localBins(), 1);
    if (direct != null) {
      fitted.setDirect(estimate(direct.value(), direct.valueError()));
    }
    if (sharpness == null || share == null) {
      return new FlowUpdate(state, fitted.build(), null);
    }
    fitted.setSharpness(StrictMath.exp(sharpness.value()));
    addGradientSquared(state, sharpness, share, fitted);
    RateComparison rates = rates(state, sharpness, share);
    addRates(rates, fitted);
    FlowState next = forecast(state, sharpness, share, fitted);
    return new FlowUpdate(next, fitted.build(), rates);
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

  private static void addGradientSquared(
      FlowState state, LocalFit sharpness, LocalFit share, FlowFitted.Builder fitted) {
    double q = share.value();
    if (q > 0) {
      double slope = SharpnessReductionFlow.gradientSquaredByShare(q);
      fitted.setAngularStep(
          estimate(
              SharpnessReductionFlow.gradientSquaredFromShare(q),
              Math.abs(slope) * share.valueError()));
    }
    double rate = sharpness.rate();
    if (state.source().measured() && rate > -2) {
      double slope = SharpnessReductionFlow.gradientSquaredByRate(rate);
      fitted.setSharpnessDecay(
          estimate(
              SharpnessReductionFlow.gradientSquaredFromRate(rate),
              Math.abs(slope) * sharpness.rateError()));
    }
  }

  private RateComparison rates(FlowState state, LocalFit sharpness, LocalFit share) {
    double predicted = SharpnessReductionFlow.rateFromShare(share.value());
    double predictedError = 2 * share.valueError();
    boolean independent = state.source().measured();
    Boolean consistent =
        independent
            ? consistent(sharpness.rate(), sharpness.rateError(), predicted, predictedError)
            : null;
    return new RateComparison(
        sharpness.rate(),
        sharpness.rateError(),
        predicted,
        predictedError,
        independent,
        consistent);
  }

  private @Nullable Boolean consistent(
      double measured, double measuredError, double predicted, double predictedError) {
    double noise = 3 * Math.hypot(measuredError, predictedError);
    double size = Math.max(Math.abs(measured), Math.abs(predicted));
    double theory = settings.rateTolerance() * size + settings.rateFloor();
    if (Math.abs(measured - predicted) > noise + theory) {
      return false;
    }
    return noise <= settings.decidedShare() * size + settings.rateFloor() ? true : null;
  }

  private static void addRates(RateComparison rates, FlowFitted.Builder fitted) {
    fitted.setPredictedRate(estimate(rates.predicted(), rates.predictedError()));
    if (rates.independent()) {
      fitted.setMeasuredRate(estimate(rates.measured(), rates.measuredError()));
    }
    Boolean consistent = rates.consistent();
    if (consistent != null) {
      fitted.setConsistent(consistent);
    }
  }

  private FlowState forecast(
      FlowState state, LocalFit sharpness, LocalFit share, FlowFitted.Builder fitted) {
    if (state.history().size() < settings.fewestBins()) {
      return state;
    }
    RelaxationFit fit =
        RelaxationFit.of(
            state.history(),
            start(state, sharpness, share),
            Math.max(sharpness.scatter(), settings.sharpnessFloor()),
            Math.max(share.scatter(), settings.shareFloor()));
    if (fit == null) {
      return state.withFit(Double.NaN, Double.NaN);
    }
    addForecast(fit, fitted);
    Parameters found = fit.parameters();
    return state.withFit(found.logGradientSquared(), found.kappa());
  }

  private static Parameters start(FlowState state, LocalFit sharpness, LocalFit share) {
    if (!Double.isNaN(state.kappa())) {
      return new Parameters(sharpness.value(), state.logGradientSquared(), state.kappa());
    }
    double angular = SharpnessReductionFlow.gradientSquaredFromShare(share.value());
    double least = Math.max(angular, LEAST_GRADIENT_SQUARED);
    return new Parameters(sharpness.value(), StrictMath.log(least), 1);
  }

  private void addForecast(RelaxationFit fit, FlowFitted.Builder fitted) {
    double kappa = fit.parameters().kappa();
    fitted.setKappa(estimate(kappa, fit.kappaError()));
    double rest = StrictMath.exp(fit.logSharpnessAtRest());
    double restError =
        rest * withModelError(fit, fit.logSharpnessAtRest(), fit.logSharpnessAtRestError());
    if (kappa > 0 && Double.isFinite(restError)) {
      fitted.setAsymptote(estimate(rest, restError));
    }
    for (double horizon : settings.horizons()) {
      addForecast(fit, horizon, fitted);
    }
  }

  private double withModelError(RelaxationFit fit, double logarithm, double error) {
    double change = logarithm - fit.parameters().logSharpness();
    return Math.hypot(error, settings.modelError() * change);
  }

  private void addForecast(RelaxationFit fit, double horizon, FlowFitted.Builder fitted) {
    double logarithm = fit.logSharpness(horizon);
    double fitError = fit.logSharpnessError(horizon);
    if (!(fitError <= settings.forecastError())) {
      return;
    }
    double error = withModelError(fit, logarithm, fitError);
    double reach = settings.quantile() * error;
    fitted.addForecasts(
        Forecast.newBuilder()
            .setHorizon(horizon)
            .setSharpness(StrictMath.exp(logarithm))
            .setLow(StrictMath.exp(logarithm - reach))
            .setHigh(StrictMath.exp(logarithm + reach))
            .setProbability(settings.probability()));
  }

  private static Estimate estimate(double value, double error) {
    return Estimate.newBuilder().setValue(value).setStandardError(error).build();
  }
}
