package brink.monitor.web;

import brink.monitor.catalogue.NoteRules;
import brink.monitor.catalogue.NoteWriter;
import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.v1.RunNote;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Notes about runs: the only thing that can be written. */
final class NoteRoutes {
  private final NoteWriter notes;
  private final RunDirectory runs;
  private final InstantSource clock;
  private final boolean readOnly;

  NoteRoutes(NoteWriter notes, RunDirectory runs, InstantSource clock, boolean readOnly) {
    this.notes = notes;
    this.runs = runs;
    this.clock = clock;
    this.readOnly = readOnly;
  }

  /**
   * Replaces the note of a run.
   *
   * @throws ParameterException for a body that is no note
   * @throws brink.schemas.KafkaSetupException if Kafka does not take it
   */
  Reply put(WebRequest request, RunEntry run) {
    if (readOnly) {
      return Reply.error(403, "this monitor was started with --read-only");
    }
    if (!HostCheck.isOwnOrigin(request.header("Origin"), request.header("Host"))) {
      return Reply.error(403, "a page of another server cannot write notes");
    }
    if (!isJson(request.header("Content-Type"))) {
      return Reply.error(415, "a note is application/json");
    }
    RunNote kept = NoteRules.kept(note(run.runId(), request.body()));
    notes.write(run.runId(), kept);
    return Reply.json(RunSummaries.of(run.with(kept), runs.vitals(run.runId())));
  }

  private static boolean isJson(@Nullable String type) {
    return type != null
        && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
  }

  private RunNote note(String runId, String body) {
    JsonObject json;
    try {
      JsonElement parsed = JsonParser.parseString(body);
      if (!parsed.isJsonObject()) {
        throw new ParameterException("a note is a JSON object");
      }
      json = parsed.getAsJsonObject();
    } catch (JsonParseException e) {
      throw new ParameterException("a note is a JSON object, and this is no JSON");
    }
    return RunNote.newBuilder()
        .setRunId(runId)
        .setName(text(json, "name", NoteRules.NAME))
        .setNote(text(json, "note", NoteRules.TEXT))
        .addAllTags(tags(json))
        .setArchived(flag(json, "archived"))
        .setUpdatedAt(Timestamps.fromMillis(clock.millis()))
        .build();
  }

  private static List<String> tags(JsonObject json) {
    JsonElement value = json.get("tags");
    if (value == null || value.isJsonNull()) {
      return List.of();
    }
    if (!value.isJsonArray() || value.getAsJsonArray().size() > NoteRules.TAGS) {
      throw new ParameterException("tags is a list of at most %d texts".formatted(NoteRules.TAGS));
    }
    List<String> tags = new ArrayList<>();
    JsonArray array = value.getAsJsonArray();
    array.forEach(tag -> tags.add(text(tag, "a tag", NoteRules.TAG)));
    return tags;
  }

  private static String text(JsonObject json, String name, int most) {
    JsonElement value = json.get(name);
    return value == null || value.isJsonNull() ? "" : text(value, name, most);
  }

  private static String text(JsonElement value, String name, int most) {
    boolean isText = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    if (!isText || value.getAsString().length() > most) {
      throw new ParameterException("%s is a text of at most %,d characters".formatted(name, most));
    }
    return value.getAsString();
  }

  private static boolean flag(JsonObject json, String name) {
    JsonElement value = json.get(name);
    if (value == null || value.isJsonNull()) {
      return false;
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
      throw new ParameterException(name + " is true or false");
    }
    return value.getAsBoolean();
  }
}
