package brink.bench.detection;

import brink.bench.detection.Label.Episode;
import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.FlowPrediction;
import brink.v1.Forecast;
import brink.v1.Regime;
import java.util.ArrayList;
import java.util.List;

/**
 * What the monitor's fits said of the flow of one run, from the end of the onset's transient to the
 * end of each labelled episode, or to shortly before the catapult that ends it.
 *
 * @param fits how many there were
 * @param agreements comparisons of the estimates of G² and of the rates
 * @param forecasts with what came of them, where their time lies in the same episode
 */
record FlowScore(int fits, List<Agreement> agreements, List<ForecastSample> forecasts) {
  /** Pause after an onset, units of √η_in: the monitor's own, during which it takes no bins. */
  private static final double SETTLING = 5;

  /**
   * Steps before a catapult's label in which it may have begun, and after an episode's end in which
   * it is the catapult that ended it: twice the rule's own.
   */
  private static final int THROW = 60;

  /**
   * The estimates at one fit.
   *
   * @param flowing whether the monitor called the regime FLOWING
   * @param angular G² by the angular step
   * @param decay G² by the decay of sharpness; NaN where absent
   * @param direct G² by the trainer; NaN where absent
   * @param measured d log λ₁/dτ; NaN where absent
   * @param predicted d log λ₁/dτ
   * @param probability p-value of the estimates' agreement; NaN where absent
   * @param failing the prediction that the monitor names; unspecified where none
   * @param several whether it saw several eigenvalues at the threshold
   */
  record Agreement(
      boolean flowing,
      double angular,
      double decay,
      double direct,
      double measured,
      double predicted,
      double probability,
      FlowPrediction failing,
      boolean several) {
    double decayAgainstAngular() {
      return Math.abs(decay / angular - 1);
    }

    double directAgainstAngular() {
      return Math.abs(direct / angular - 1);
    }

    double directAgainstDecay() {
      return Math.abs(direct / decay - 1);
    }

    double rates() {
      return Math.abs(measured / predicted - 1);
    }
  }

  static FlowScore of(Trace trace, Label label, Verdicts verdicts) {
    SharpnessTruth truth = new SharpnessTruth(trace);
    List<Agreement> agreements = new ArrayList<>();
    List<ForecastSample> forecasts = new ArrayList<>();
    int fits = 0;
    for (Episode episode : label.episodes()) {
      double start = settled(trace, episode);
      double end = trace.flowTime()[undisturbed(label, episode)];
      for (FlowFitted fit : verdicts.fits()) {
        if (fit.getFlowTime() < start || fit.getFlowTime() > end) {
          continue;
        }
        fits++;
        boolean flowing = verdicts.regimeAt(fit.getStep()) == Regime.REGIME_FLOWING;
        if (fit.hasAngularStep()) {
          agreements.add(agreement(fit, flowing));
        }
        for (Forecast forecast : fit.getForecastsList()) {
          if (fit.getFlowTime() + forecast.getHorizon() <= end) {
            forecasts.add(sample(fit, forecast, flowing, truth, start));
          }
        }
      }
    }
    return new FlowScore(fits, agreements, forecasts);
  }

  // A forecast across a catapult is no forecast of the flow.
  static int undisturbed(Label label, Episode episode) {
    int end = episode.end();
    boolean thrown = label.catapults().stream().anyMatch(at -> at >= end && at <= end + THROW);
    return thrown ? Math.max(episode.onset(), end - THROW) : end;
  }

  static double settled(Trace trace, Episode episode) {
    int onset = episode.onset();
    return trace.flowTime()[onset] + SETTLING * Math.sqrt(trace.intrinsicRate()[onset]);
  }

  private static Agreement agreement(FlowFitted fit, boolean flowing) {
    return new Agreement(
        flowing,
        fit.getAngularStep().getValue(),
        value(fit.hasSharpnessDecay(), fit.getSharpnessDecay()),
        value(fit.hasDirect(), fit.getDirect()),
        value(fit.hasMeasuredRate(), fit.getMeasuredRate()),
        value(fit.hasPredictedRate(), fit.getPredictedRate()),
        fit.hasAgreementPValue() ? fit.getAgreementPValue() : Double.NaN,
        fit.getFailing(),
        fit.getEdgeEigenvalues() > 1);
  }

  private static double value(boolean present, Estimate estimate) {
    return present ? estimate.getValue() : Double.NaN;
  }

  private static ForecastSample sample(
      FlowFitted fit, Forecast forecast, boolean flowing, SharpnessTruth truth, double start) {
    double now = fit.getFlowTime();
    double time = now + forecast.getHorizon();
    double came = truth.around(time);
    return new ForecastSample(
        forecast.getHorizon(),
        fit.getForecastBasis(),
        flowing,
        Math.log(forecast.getSharpness()) - came,
        truth.latest(now) - came,
        truth.trend(start, now, time) - came,
        Math.log(forecast.getLow()) <= came && came <= Math.log(forecast.getHigh()));
  }
}
