package brink.monitor.metrics;

import brink.monitor.geometry.PairMean;
import brink.monitor.run.StepReadings;
import brink.v1.Evaluation;
import brink.v1.FlowKind;
import brink.v1.Prediction;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run's last step says. Values of every step are absent as soon as a step lacks them; what
 * is measured on a cadence (sharpness, accuracy, predictions) stays until it is measured again.
 * Steps come more often than scrapes, so the gauges are set when they are asked for.
 */
final class StepMeters {
  private static final Set<FlowKind> PREDICTED =
      EnumSet.of(FlowKind.FLOW_KIND_SHARPNESS_REDUCTION_FLOW, FlowKind.FLOW_KIND_CENTRAL_FLOW);

  private final OptionalGauge step;
  private final OptionalGauge loss;
  private final OptionalGauge weightNorm;
  private final OptionalGauge gradientNorm;
  private final OptionalGauge gradientCosine;
  private final OptionalGauge effectiveLearningRate;
  private final OptionalGauge angularStep;
  private final OptionalGauge flowTime;
  private final OptionalGauge normLedgerError;
  private final OptionalGauge stabilityRatio;
  private final OptionalGauge pairMean;
  private final RankedGauges sharpness;
  private final RankedGauges residual;
  private final OptionalGauge trainAccuracy;
  private final OptionalGauge testAccuracy;
  private final Map<FlowKind, PredictionMeters> predictions = new EnumMap<>(FlowKind.class);
  private @Nullable StepObserved last;
  private @Nullable StepReadings lastReadings;
  private @Nullable Sharpness lastSharpness;
  private @Nullable Evaluation lastEvaluation;
  private @Nullable Double lastRatio;
  private @Nullable Double lastPairMean;
  private long lastRatioStep = -1;

  StepMeters(MeterRegistry registry, Tags run) {
    step = new OptionalGauge(registry, Measure.STEP, run);
    loss = new OptionalGauge(registry, Measure.LOSS, run);
    weightNorm = new OptionalGauge(registry, Measure.WEIGHT_NORM, run);
    gradientNorm = new OptionalGauge(registry, Measure.GRADIENT_NORM, run);
    gradientCosine = new OptionalGauge(registry, Measure.GRADIENT_COSINE, run);
    effectiveLearningRate = new OptionalGauge(registry, Measure.EFFECTIVE_LEARNING_RATE, run);
    angularStep = new OptionalGauge(registry, Measure.ANGULAR_STEP, run);
    flowTime = new OptionalGauge(registry, Measure.FLOW_TIME, run);
    normLedgerError = new OptionalGauge(registry, Measure.NORM_LEDGER_ERROR, run);
    stabilityRatio = new OptionalGauge(registry, Measure.STABILITY_RATIO, run);
    pairMean = new OptionalGauge(registry, Measure.STABILITY_RATIO_PAIR_MEAN, run);
    sharpness = new RankedGauges(registry, Measure.SHARPNESS, run);
    residual = new RankedGauges(registry, Measure.SHARPNESS_RESIDUAL, run);
    trainAccuracy = new OptionalGauge(registry, Measure.ACCURACY, run.and("set", "train"));
    testAccuracy = new OptionalGauge(registry, Measure.ACCURACY, run.and("set", "test"));
    for (FlowKind kind : PREDICTED) {
      predictions.put(kind, new PredictionMeters(registry, run, kind));
    }
  }

  /** Takes note of a step; {@link #show} makes it seen. */
  void observe(StepObserved observed, StepReadings readings) {
    last = observed;
    lastReadings = readings;
    if (readings.stabilityRatio() != null) {
      observe(observed.getStep(), readings.stabilityRatio());
    }
    if (observed.getSharpnessCount() > 0) {
      lastSharpness = preferred(observed);
    }
    if (observed.hasEvaluation()) {
      lastEvaluation = observed.getEvaluation();
    }
    for (Prediction prediction : observed.getPredictionsList()) {
      PredictionMeters meters = predictions.get(prediction.getKind());
      if (meters != null) {
        meters.show(prediction);
      }
    }
  }

  /** Two steps that are not adjacent have no mean that is free of the oscillation. */
  private void observe(long atStep, double ratio) {
    Double before = atStep == lastRatioStep + 1 ? lastRatio : null;
    lastPairMean = before == null ? null : (Double) PairMean.of(before, ratio);
    lastRatio = ratio;
    lastRatioStep = atStep;
  }

  /** Shows what was observed. */
  void show() {
    if (last != null && lastReadings != null) {
      show(last);
      show(lastReadings);
    }
  }

  private void show(StepObserved observed) {
    step.show((double) observed.getStep());
    loss.show(observed.hasLoss() ? observed.getLoss() : null);
    weightNorm.show(
        observed.hasWeightNormSquared() ? Math.sqrt(observed.getWeightNormSquared()) : null);
    gradientNorm.show(
        observed.hasGradientNormSquared() ? Math.sqrt(observed.getGradientNormSquared()) : null);
    gradientCosine.show(observed.hasGradientCosine() ? observed.getGradientCosine() : null);
    if (lastSharpness != null) {
      sharpness.show(lastSharpness.getEigenvaluesList());
      residual.show(lastSharpness.getResidualsList());
    }
    if (lastEvaluation != null) {
      trainAccuracy.show(
          lastEvaluation.hasTrainAccuracy() ? lastEvaluation.getTrainAccuracy() : null);
      testAccuracy.show(lastEvaluation.hasTestAccuracy() ? lastEvaluation.getTestAccuracy() : null);
    }
  }

  void hide() {
    last = null;
    lastReadings = null;
    lastSharpness = null;
    lastEvaluation = null;
    lastRatio = null;
    lastPairMean = null;
    lastRatioStep = -1;
    step.hide();
    loss.hide();
    weightNorm.hide();
    gradientNorm.hide();
    gradientCosine.hide();
    effectiveLearningRate.hide();
    angularStep.hide();
    flowTime.hide();
    normLedgerError.hide();
    stabilityRatio.hide();
    pairMean.hide();
    sharpness.hide();
    residual.hide();
    trainAccuracy.hide();
    testAccuracy.hide();
    predictions.values().forEach(PredictionMeters::hide);
  }

  private void show(StepReadings readings) {
    Double angularStepSquared = readings.angularStepSquared();
    effectiveLearningRate.show(readings.effectiveLearningRate());
    angularStep.show(angularStepSquared == null ? null : Math.sqrt(angularStepSquared));
    flowTime.show(readings.flowTime());
    normLedgerError.show(readings.normLedgerError());
    stabilityRatio.show(lastRatio);
    pairMean.show(lastPairMean);
  }

  private static @Nullable Sharpness preferred(StepObserved observed) {
    Sharpness best = null;
    for (Sharpness sharpness : observed.getSharpnessList()) {
      if (best == null || sharpness.getPoint() == SharpnessPoint.SHARPNESS_POINT_MIDPOINT) {
        best = sharpness;
      }
    }
    return best;
  }
}
