package brink.monitor.web;

import brink.monitor.outcome.EdgeEntry;
import brink.monitor.outcome.FlowTests;
import brink.monitor.outcome.OutcomeSentence;
import brink.monitor.outcome.Reading;
import brink.monitor.outcome.RunOutcome;
import brink.monitor.outcome.Unknown;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run at the edge, as JSON; steps are strings, as all 64-bit integers of the API.
 */
public final class OutcomeJson {
  private OutcomeJson() {}

  /** The outcome; what is not known is absent. */
  public static JsonObject of(RunOutcome outcome) {
    JsonObject json = new JsonObject();
    Unknown unknown = outcome.unknown();
    json.addProperty("known", unknown == null);
    if (unknown != null) {
      json.addProperty("unknown_because", unknown.name());
    }
    json.addProperty("reached_edge", outcome.reachedEdge());
    json.addProperty("furthest", outcome.furthest().name());
    json.addProperty("present", outcome.present().name());
    json.addProperty("episodes", outcome.episodes());
    json.addProperty("catapults", outcome.catapults());
    json.addProperty("chaotic", outcome.chaotic());
    EdgeEntry edge = outcome.edge();
    if (edge != null) {
      json.add("edge", edge(edge));
    }
    if (outcome.ratio() != null) {
      json.add("stability_ratio", reading(outcome.ratio()));
    }
    if (outcome.sharpness() != null) {
      json.add("sharpness", reading(outcome.sharpness()));
    }
    if (outcome.edgeEigenvalues() != null) {
      json.addProperty("edge_eigenvalues", outcome.edgeEigenvalues());
    }
    json.addProperty("flow", outcome.flowAnswer().name());
    json.add("flow_tests", tests(outcome.flow()));
    json.addProperty("sentence", OutcomeSentence.of(outcome));
    return json;
  }

  private static JsonObject edge(EdgeEntry edge) {
    JsonObject json = new JsonObject();
    step(json, "step", edge.step());
    step(json, "low", edge.low());
    step(json, "high", edge.high());
    step(json, "detected_at_step", edge.detectedAt());
    return json;
  }

  private static void step(JsonObject json, String name, @Nullable Long step) {
    if (step != null) {
      json.addProperty(name, step.toString());
    }
  }

  // JSON has no word for what is not finite.
  private static JsonObject reading(Reading reading) {
    JsonObject json = new JsonObject();
    json.addProperty("value", reading.value());
    Double error = reading.error();
    if (error != null && Double.isFinite(error)) {
      json.addProperty("error", error);
    }
    step(json, "step", reading.step());
    return json;
  }

  private static JsonObject tests(FlowTests tests) {
    JsonObject json = new JsonObject();
    json.addProperty("agreed", tests.agreed());
    json.addProperty("failed", tests.failed());
    json.addProperty("undecided", tests.undecided());
    return json;
  }
}
