package brink.monitor.metrics;

import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
  private double edgeAt = Double.NaN;
  private final Map<String, OptionalGauge> forecasts = new HashMap<>();

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
    edgeAt = flow.hasStepsToEdge() ? flow.getStep() + flow.getStepsToEdge().getValue() : Double.NaN;
    moveTo(flow.getStep());
    showForecasts(flow);
  }

  /** Counts the steps to the edge down between two fits. */
  void moveTo(long step) {
    stepsToEdge.show(Double.isNaN(edgeAt) ? null : Math.max(0, edgeAt - step));
  }

  void hide() {
    show(FlowFitted.getDefaultInstance());
  }

  private void showForecasts(FlowFitted flow) {
    Set<String> gone = new HashSet<>(forecasts.keySet());
    for (Forecast forecast : flow.getForecastsList()) {
      String horizon = Double.toString(forecast.getHorizon());
      forecast(horizon).show(Double.valueOf(forecast.getSharpness()));
      gone.remove(horizon);
    }
    if (flow.hasAsymptote()) {
      forecast(ASYMPTOTE).show(Double.valueOf(flow.getAsymptote().getValue()));
      gone.remove(ASYMPTOTE);
    }
    for (String horizon : gone) {
      forecast(horizon).hide();
    }
  }

  private OptionalGauge forecast(String horizon) {
    return forecasts.computeIfAbsent(
        horizon,
        label ->
            new OptionalGauge(registry, Measure.SHARPNESS_FORECAST, run.and("horizon", label)));
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
