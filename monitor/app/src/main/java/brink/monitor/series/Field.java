package brink.monitor.series;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a field is, by its name.
 *
 * @param name in the API
 * @param kind what it belongs to
 * @param label for people; a layer's name in it is whatever its producer sent
 * @param unit empty for a number without one
 */
public record Field(String name, Kind kind, String label, String unit) {
  /** What a field belongs to. */
  public enum Kind {
    STEP,
    DERIVED,
    LAYER,
    PREDICTION,
    FIT,
    FORECAST;

    /** Name in the API. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final String LAYER_PREFIX = "layer.";
  static final String FIT_PREFIX = "fit.";
  static final String FORECAST_PREFIX = "forecast.";

  private static final List<String> FLOWS = List.of("sharpness_reduction_flow_", "central_flow_");

  private static final Map<String, String> DERIVED =
      Map.of(
          "effective_learning_rate", "effective learning rate η̃",
          "threshold", "threshold of sharpness 2(1 + β)/η̃",
          "stability_ratio", "stability ratio s",
          "stability_ratio_pair_mean", "stability ratio s, mean of two adjacent steps",
          "flow_time", "flow time τ",
          "observed_at", "time of the step, since 1970",
          "angular_step_squared", "squared angular step α²",
          "angular_step_share", "α²/(2η_in), the oscillation's share of what holds the norm",
          "excess_loss", "excess loss, above that at the midpoint");

  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("loss", "training loss"),
          Map.entry("weight_norm_squared", "‖w‖²"),
          Map.entry("gradient_norm_squared", "‖∇L‖²"),
          Map.entry("learning_rate", "learning rate η"),
          Map.entry("weight_decay", "weight decay λ_wd"),
          Map.entry("gradient_cosine", "cosine of consecutive gradients"),
          Map.entry("train_loss", "loss on the whole training set"),
          Map.entry("train_accuracy", "training accuracy"),
          Map.entry("test_loss", "test loss"),
          Map.entry("test_accuracy", "test accuracy"),
          Map.entry("plane_slow", "coordinate along the slow motion"),
          Map.entry("plane_oscillation", "coordinate along the oscillation"),
          Map.entry("gradient_ns", "time for loss and gradient"),
          Map.entry("curvature_ns", "time for curvature"),
          Map.entry("publish_ns", "time for publishing"),
          Map.entry("fit.measured_rate", "measured d log λ₁/dτ"),
          Map.entry("fit.predicted_rate", "d log λ₁/dτ by the norm ledger"),
          Map.entry("fit.g2.angular_step", "G² from the angular step"),
          Map.entry("fit.g2.sharpness_decay", "G² from the decay of sharpness"),
          Map.entry("fit.g2.direct", "G² measured directly"),
          Map.entry("fit.agreement_p_value", "p-value of the flow"));

  /** The field of this name. */
  static Field of(String name) {
    String derived = DERIVED.get(name);
    if (derived != null) {
      return new Field(name, Kind.DERIVED, derived, name.equals("observed_at") ? "ms" : "");
    }
    return new Field(name, kind(name), label(name), name.endsWith("_ns") ? "ns" : "");
  }

  static String ofLayer(String layer, String field) {
    return LAYER_PREFIX + layer + "." + field;
  }

  static boolean isOfFits(String name) {
    return name.startsWith(FIT_PREFIX) || name.startsWith(FORECAST_PREFIX);
  }

  private static Kind kind(String name) {
    if (name.startsWith(LAYER_PREFIX)) {
      return Kind.LAYER;
    }
    if (name.startsWith(FIT_PREFIX)) {
      return Kind.FIT;
    }
    if (name.startsWith(FORECAST_PREFIX)) {
      return Kind.FORECAST;
    }
    return FLOWS.stream().anyMatch(name::startsWith) ? Kind.PREDICTION : Kind.STEP;
  }

  private static String label(String name) {
    String known = LABELS.get(name);
    if (known != null) {
      return known;
    }
    if (name.startsWith(LAYER_PREFIX)) {
      int dot = name.lastIndexOf('.');
      return name.substring(LAYER_PREFIX.length(), dot)
          + ": "
          + name.substring(dot + 1).replace('_', ' ');
    }
    return name.replaceFirst("^(fit|forecast)\\.", "").replace('_', ' ').replace(".", ", ");
  }
}
