package brink.monitor.metrics;

import brink.v1.FlowKind;
import brink.v1.Prediction;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of predicted flow says. A prediction stays until the next one; the angle, which is
 * measured over longer spans, until the next angle or another trajectory.
 */
final class PredictionMeters {
  private static final String PREFIX = "FLOW_KIND_";

  private final OptionalGauge sharpness;
  private final OptionalGauge distance;
  private final OptionalGauge angle;
  private long startStep = -1;

  PredictionMeters(MeterRegistry registry, Tags run, FlowKind kind) {
    Tags tags = run.and("flow", label(kind));
    sharpness = new OptionalGauge(registry, Measure.PREDICTED_SHARPNESS, tags);
    distance = new OptionalGauge(registry, Measure.FLOW_DISTANCE, tags);
    angle = new OptionalGauge(registry, Measure.FLOW_ANGLE, tags);
  }

  void show(Prediction prediction) {
    sharpness.show(value(prediction.hasSharpness(), prediction.getSharpness()));
    distance.show(value(prediction.hasDistance(), prediction.getDistance()));
    boolean same = prediction.getStartStep() == startStep && prediction.getEnded().isEmpty();
    if (prediction.hasDirectionAngle() || !same) {
      angle.show(value(prediction.hasDirectionAngle(), prediction.getDirectionAngle()));
    }
    startStep = prediction.getStartStep();
  }

  void hide() {
    sharpness.hide();
    distance.hide();
    angle.hide();
  }

  private static @Nullable Double value(boolean present, double value) {
    return present ? Double.valueOf(value) : null;
  }

  private static String label(FlowKind kind) {
    return kind.name().substring(PREFIX.length());
  }
}
