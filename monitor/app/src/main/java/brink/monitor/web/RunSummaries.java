package brink.monitor.web;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.Vitals;
import brink.monitor.outcome.Reading;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** A run in a list: what Kafka says of it, and what its newest steps say. */
final class RunSummaries {
  private RunSummaries() {}

  /** The summary of a run. */
  static JsonObject of(RunEntry run, @Nullable Vitals vitals) {
    JsonObject json = Json.summary(run);
    Double sharpness = sharpness(run, vitals);
    if (sharpness != null) {
      json.addProperty("sharpness", sharpness);
    }
    Double ratio = stabilityRatio(run, vitals);
    if (ratio != null) {
      json.addProperty("stability_ratio", ratio);
    }
    if (vitals != null && vitals.sparkline().size() > 1) {
      json.add("sparkline", sparkline(vitals));
    }
    return json;
  }

  /** The newest s that is known; null for none. */
  static @Nullable Double stabilityRatio(RunEntry run, @Nullable Vitals vitals) {
    if (vitals != null && vitals.stabilityRatio() != null) {
      return vitals.stabilityRatio();
    }
    Reading ratio = run.outcome().ratio();
    return ratio != null && Double.isFinite(ratio.value()) ? ratio.value() : null;
  }

  /** The newest λ₁ that is known; null for none. */
  static @Nullable Double sharpness(RunEntry run, @Nullable Vitals vitals) {
    if (vitals != null && vitals.sharpness() != null) {
      return vitals.sharpness();
    }
    Reading sharpness = run.outcome().sharpness();
    return sharpness != null && Double.isFinite(sharpness.value()) ? sharpness.value() : null;
  }

  private static JsonObject sparkline(Vitals vitals) {
    JsonObject json = new JsonObject();
    json.addProperty("from_step", Long.toString(vitals.from()));
    json.addProperty("to_step", Long.toString(vitals.to()));
    JsonArray values = new JsonArray();
    vitals.sparkline().forEach(values::add);
    json.add("stability_ratio", values);
    return json;
  }
}
