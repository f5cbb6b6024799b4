package brink.monitor.cli;

import brink.monitor.records.RunStarts;
import brink.monitor.web.Json;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The first line of an export as JSON lines: which runs, and the units of what has one. */
final class ExportHeader {
  private static final Map<String, String> UNITS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("step", "1"),
              Map.entry("observed_at", "RFC 3339"),
              Map.entry("gradient_ns", "ns"),
              Map.entry("curvature_ns", "ns"),
              Map.entry("publish_ns", "ns"),
              Map.entry("flow_time", "η_in/(1 − β), summed over the steps"),
              Map.entry("effective_learning_rate", "η/((1 − η_in)·‖w‖²)"),
              Map.entry("stability_ratio", "η̃·λ₁/(2(1 + β)); the edge is at 1"),
              Map.entry("edge_sharpness", "2(1 + β)/η̃, in the unit of eigenvalues"),
              Map.entry("eigenvalues", "of ∇²L on the unit sphere"),
              Map.entry("distance", "rad"),
              Map.entry("direction_angle", "rad"),
              Map.entry("displacement", "rad"),
              Map.entry("speed", "rad per unit of flow time"),
              Map.entry("measured_rate", "1 per unit of flow time"),
              Map.entry("predicted_rate", "1 per unit of flow time"),
              Map.entry("kappa", "1 per unit of flow time"),
              Map.entry("horizon", "units of flow time"),
              Map.entry("steps_to_edge", "steps")));

  private ExportHeader() {}

  static JsonObject of(String table, RunStarts starts, List<String> runIds) {
    JsonArray runs = new JsonArray();
    runIds.forEach(runId -> runs.add(Json.message(starts.of(runId))));
    JsonObject header = new JsonObject();
    header.addProperty("table", table);
    header.add("runs", runs);
    header.add("units", Json.object(UNITS));
    JsonObject line = new JsonObject();
    line.add("header", header);
    return line;
  }
}
