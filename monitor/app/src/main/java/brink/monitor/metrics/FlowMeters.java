package brink.monitor.metrics;

import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last fit of a run's flow says; it is a complete statement, so what it lacks is absent.
 */
final class FlowMeters {
  /** Horizon label of the sharpness that the flow tends to. */
  private static final String ASYMPTOTE = "+Inf";

  private final MeterRegistry registry;
  private final Tags run;
  private final OptionalGauge fromAngularStep;
  private final OptionalGauge fromSharpnessDecay;
  private final OptionalGauge direct;
  private final OptionalGauge measuredRate;
  private final OptionalGauge predictedRate;
  private final OptionalGauge consistent;
  private final OptionalGauge agreement;
  private final OptionalGauge edgeEigenvalues;
  private final OptionalGauge stepsToEdge;
  private final OptionalGauge stepsToNext;
  private final OptionalGauge excessLoss;
  private final OptionalGauge quadraticExcessLoss;
  private double edgeAt = Double.NaN;
  private double nextAt = Double.NaN;
  private final Map<String, OptionalGauge> forecasts = new HashMap<>();
  private final Map<String, OptionalGauge> excessForecasts = new HashMap<>();

  FlowMeters(MeterRegistry registry, Tags run) {
    this.registry = registry;
    this.run = run;
    fromAngularStep = gradientSquared("angular_step");
    fromSharpnessDecay = gradientSquared("sharpness_decay");
    direct = gradientSquared("direct");
    measuredRate = rate("measured");
    predictedRate = rate("predicted");
    consistent = new OptionalGauge(registry, Measure.FLOW_CONSISTENT, run);
    agreement = new OptionalGauge(registry, Measure.FLOW_AGREEMENT, run);
    edgeEigenvalues = new OptionalGauge(registry, Measure.EDGE_EIGENVALUES, run);
    stepsToEdge = new OptionalGauge(registry, Measure.STEPS_TO_EDGE, run);
    stepsToNext = new OptionalGauge(registry, Measure.STEPS_TO_NEXT_EIGENVALUE, run);
    excessLoss = excessLoss("measured");
    quadraticExcessLoss = excessLoss("quadratic");
  }

  void show(FlowFitted flow) {
    fromAngularStep.show(value(flow.hasAngularStep(), flow.getAngularStep()));
    fromSharpnessDecay.show(value(flow.hasSharpnessDecay(), flow.getSharpnessDecay()));
    direct.show(value(flow.hasDirect(), flow.getDirect()));
    measuredRate.show(value(flow.hasMeasuredRate(), flow.getMeasuredRate()));
    predictedRate.show(value(flow.hasPredictedRate(), flow.getPredictedRate()));
    consistent.show(flow.hasConsistent() ? (flow.getConsistent() ? 1.0 : 0.0) : null);
    agreement.show(flow.hasAgreementPValue() ? flow.getAgreementPValue() : null);
    edgeEigenvalues.show(flow.hasEdgeEigenvalues() ? (double) flow.getEdgeEigenvalues() : null);
    excessLoss.show(flow.hasExcessLoss() ? flow.getExcessLoss() : null);
    quadraticExcessLoss.show(flow.hasQuadraticExcessLoss() ? flow.getQuadraticExcessLoss() : null);
    edgeAt = due(flow, flow.hasStepsToEdge(), flow.getStepsToEdge());
    nextAt = due(flow, flow.hasStepsToNextEigenvalue(), flow.getStepsToNextEigenvalue());
    moveTo(flow.getStep());
    showForecasts(flow);
  }

  private static double due(FlowFitted flow, boolean known, Estimate steps) {
    return known ? flow.getStep() + steps.getValue() : Double.NaN;
  }

  /** Counts the steps to what is due down between two fits. */
  void moveTo(long step) {
    stepsToEdge.show(Double.isNaN(edgeAt) ? null : Math.max(0, edgeAt - step));
    stepsToNext.show(Double.isNaN(nextAt) ? null : Math.max(0, nextAt - step));
  }

  void hide() {
    show(FlowFitted.getDefaultInstance());
  }

  private void showForecasts(FlowFitted flow) {
    Map<String, Double> sharpness = new HashMap<>();
    Map<String, Double> excess = new HashMap<>();
    for (Forecast forecast : flow.getForecastsList()) {
      String horizon = Double.toString(forecast.getHorizon());
      sharpness.put(horizon, forecast.getSharpness());
      if (forecast.hasExcessLoss()) {
        excess.put(horizon, forecast.getExcessLoss());
      }
    }
    if (flow.hasAsymptote()) {
      sharpness.put(ASYMPTOTE, flow.getAsymptote().getValue());
    }
    show(sharpness, Measure.SHARPNESS_FORECAST, forecasts);
    show(excess, Measure.EXCESS_LOSS_FORECAST, excessForecasts);
  }

  /** By horizon; those that are not there any more are hidden. */
  private void show(
      Map<String, Double> values, Measure measure, Map<String, OptionalGauge> gauges) {
    for (String horizon : values.keySet()) {
      gauges.computeIfAbsent(
          horizon, label -> new OptionalGauge(registry, measure, run.and("horizon", label)));
    }
    gauges.forEach((horizon, gauge) -> gauge.show(values.get(horizon)));
  }

  private OptionalGauge excessLoss(String source) {
    return new OptionalGauge(registry, Measure.EXCESS_LOSS, run.and("source", source));
  }

  private OptionalGauge gradientSquared(String source) {
    return new OptionalGauge(
        registry, Measure.LOG_SHARPNESS_GRADIENT_SQUARED, run.and("source", source));
  }

  private OptionalGauge rate(String kind) {
    return new OptionalGauge(registry, Measure.LOG_SHARPNESS_RATE, run.and("kind", kind));
  }

  private static @Nullable Double value(boolean present, Estimate estimate) {
    return present ? Double.valueOf(estimate.getValue()) : null;
  }
}
