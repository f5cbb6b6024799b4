package brink.monitor.web;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.Vitals;
import brink.monitor.outcome.EdgeEntry;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunNote;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API's JSON. Messages are printed by protobuf's own rules under the names of the {@code
 * .proto} files: 64-bit integers are strings, times are RFC 3339, what was not measured is absent.
 */
public final class Json {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .preservingProtoFieldNames()
          .alwaysPrintFieldsWithNoPresence()
          .omittingInsignificantWhitespace();

  private Json() {}

  /** A run in short: no history. */
  public static JsonObject summary(RunEntry run) {
    JsonObject json = new JsonObject();
    json.addProperty("run_id", run.runId());
    json.addProperty("status", run.status().name());
    json.addProperty("regime", run.regime().name());
    if (run.lastStep() != null) {
      json.addProperty("last_step", run.lastStep().toString());
    }
    json.addProperty("updated_at", run.updatedAt().toString());
    json.add("outcome", OutcomeJson.of(run.outcome()));
    addHistory(json, run);
    addNote(json, run.note());
    if (run.started() != null) {
      json.add("started", message(run.started()));
    }
    if (run.ended() != null) {
      json.add("ended", message(run.ended()));
    }
    return json;
  }

  /** What people wrote about the run. */
  private static void addNote(JsonObject json, @Nullable RunNote note) {
    if (note == null) {
      return;
    }
    JsonObject body = new JsonObject();
    if (!note.getName().isEmpty()) {
      body.addProperty("name", note.getName());
    }
    JsonArray tags = new JsonArray();
    note.getTagsList().forEach(tags::add);
    body.add("tags", tags);
    if (!note.getNote().isEmpty()) {
      body.addProperty("note", note.getNote());
    }
    body.addProperty("archived", note.getArchived());
    body.addProperty("updated_at", Timestamps.toString(note.getUpdatedAt()));
    json.add("note", body);
  }

  private static void addHistory(JsonObject json, RunEntry run) {
    Regime furthest = run.outcome().furthest();
    json.addProperty(
        "furthest_regime",
        furthest == Regime.REGIME_UNSPECIFIED ? Regime.REGIME_STARTING.name() : furthest.name());
    EdgeEntry edge = run.outcome().edge();
    if (edge != null) {
      json.addProperty("first_edge_step", Long.toString(edge.best()));
    }
    if (run.started() != null && run.started().hasPlannedSteps()) {
      json.addProperty("planned_steps", Long.toString(run.started().getPlannedSteps()));
    }
    if (run.flow() != null && Double.isFinite(run.flow().getFlowTime())) {
      json.addProperty("flow_time", run.flow().getFlowTime());
    }
  }

  /** A run with its regime changes and the last state of its flow. */
  static JsonObject full(RunEntry run, @Nullable Vitals vitals) {
    JsonObject json = RunSummaries.of(run, vitals);
    json.add("regime_changes", changes(run.changes()));
    if (run.flow() != null) {
      json.add("flow", message(run.flow()));
    }
    return json;
  }

  static JsonArray changes(List<RegimeChanged> changes) {
    JsonArray array = new JsonArray();
    changes.forEach(change -> array.add(message(change)));
    return array;
  }

  /** An object of strings. */
  public static JsonObject object(Map<String, String> members) {
    JsonObject json = new JsonObject();
    members.forEach(json::addProperty);
    return json;
  }

  /** A message as one line. */
  public static String line(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message without Any cannot fail to print", e);
    }
  }

  /** A message as an element of something larger. */
  public static JsonElement message(MessageOrBuilder message) {
    return JsonParser.parseString(line(message));
  }
}
