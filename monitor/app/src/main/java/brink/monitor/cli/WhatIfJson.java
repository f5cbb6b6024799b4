package brink.monitor.cli;

import brink.monitor.replay.AlignedChange;
import brink.monitor.replay.Replayed;
import brink.monitor.replay.Verification;
import brink.monitor.replay.Verification.Behind;
import brink.monitor.replay.Verification.Different;
import brink.monitor.replay.Verification.Same;
import brink.monitor.replay.WhatIf;
import brink.monitor.report.ForecastScore;
import brink.monitor.web.Json;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** A run under two settings as JSON, in the manner of the API: 64-bit integers are strings. */
final class WhatIfJson {
  private WhatIfJson() {}

  /**
   * The comparison.
   *
   * @param record whether the recorded verdicts are the baseline's
   */
  static JsonObject of(WhatIf whatIf, Verification record) {
    JsonObject json = new JsonObject();
    json.addProperty("run_id", whatIf.baseline().runId());
    json.addProperty("same", whatIf.isSame());
    json.addProperty("record", name(record));
    json.add("baseline", side(whatIf.baseline()));
    json.add("changed", side(whatIf.changed()));
    JsonArray changes = new JsonArray();
    whatIf.changes().forEach(row -> changes.add(row(row)));
    json.add("regime_changes", changes);
    return json;
  }

  private static String name(Verification record) {
    return switch (record) {
      case Same _ -> "SAME";
      case Behind _ -> "BEHIND";
      case Different _ -> "DIFFERENT";
    };
  }

  private static JsonObject row(AlignedChange row) {
    JsonObject json = new JsonObject();
    json.addProperty("same", row.isSame());
    if (row.baseline() != null) {
      json.add("baseline", Json.message(row.baseline()));
    }
    if (row.changed() != null) {
      json.add("changed", Json.message(row.changed()));
    }
    return json;
  }

  private static JsonObject side(Replayed replayed) {
    JsonObject json = new JsonObject();
    json.addProperty("detector_version", replayed.settings().version());
    JsonObject settings = new JsonObject();
    replayed.settings().changes().forEach(settings::addProperty);
    json.add("settings", settings);
    JsonObject regimes = new JsonObject();
    replayed
        .stays()
        .forEach(
            (regime, stay) -> {
              JsonObject entry = new JsonObject();
              entry.addProperty("steps", Long.toString(stay.steps()));
              entry.addProperty("flow_time", stay.flowTime());
              regimes.add(regime.name(), entry);
            });
    json.add("regimes", regimes);
    json.addProperty("alerting_changes", Long.toString(WhatIf.alerting(replayed)));
    ForecastScore.of(replayed.fits(), WhatIfText.horizon(replayed))
        .ifPresent(score -> json.add("forecasts", forecasts(score)));
    return json;
  }

  private static JsonObject forecasts(ForecastScore score) {
    JsonObject json = new JsonObject();
    json.addProperty("horizon", score.horizon());
    json.addProperty("count", score.forecasts());
    json.addProperty("median_error", score.median());
    json.addProperty("worst_error", score.worst());
    return json;
  }
}
