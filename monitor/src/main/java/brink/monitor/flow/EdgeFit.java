package brink.monitor.flow;

import brink.monitor.flow.RelaxationFit.Parameters;
import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.FlowPrediction;
import org.jspecify.annotations.Nullable;

/** The flow at the edge: G² three ways, both rates, κ and the forecast, from the closed bins. */
final class EdgeFit {
  /** G² below which its logarithm is no start for a fit. */
  private static final double LEAST_GRADIENT_SQUARED = 1e-3;

  private final FlowSettings settings;
  private final ImpliedRates impliedRates;
  private final Forecaster forecaster;

  EdgeFit(FlowSettings settings) {
    this.settings = settings;
    this.impliedRates = new ImpliedRates(settings);
    this.forecaster = new Forecaster(settings);
  }

  FlowUpdate fit(FlowState filled, double now, FlowFitted.Builder fitted) {
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
    boolean bound = fitted.getEdgeEigenvalues() > Math.max(1, fitted.getDirectEigenvalues());
    EstimateAgreement agreement =
        EstimateAgreement.of(
            impliedRates.of(
                share,
                state.source().measured() ? sharpness : null,
                // Of fewer eigenvalues than are at the threshold it is an upper bound only.
                bound ? null : direct));
    if (agreement != null) {
      fitted.setAgreementPValue(agreement.probability());
    }
    RateComparison rates = rates(state, sharpness, share, agreement);
    addRates(rates, fitted);
    FlowState next = forecast(state, now, sharpness, share, fitted);
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

  private RateComparison rates(
      FlowState state, LocalFit sharpness, LocalFit share, @Nullable EstimateAgreement agreement) {
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
        consistent,
        failing(consistent, agreement));
  }

  private static @Nullable FlowPrediction failing(
      @Nullable Boolean consistent, @Nullable EstimateAgreement agreement) {
    if (agreement != null && agreement.failing() != null) {
      return agreement.failing();
    }
    return Boolean.FALSE.equals(consistent) ? FlowPrediction.FLOW_PREDICTION_SHARPNESS_DECAY : null;
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
    if (rates.failing() != null) {
      fitted.setFailing(rates.failing());
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
