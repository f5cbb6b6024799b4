package brink.monitor.web;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.series.Axis;
import brink.monitor.series.Drawn;
import brink.monitor.series.FieldSummary;
import brink.monitor.series.PastForecast;
import brink.monitor.series.RunSeries;
import brink.monitor.series.SeriesStore;
import brink.monitor.series.Window;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page draws of a run: fields, series, fits and forecasts. */
final class SeriesRoutes {
  /** A page that waits longer shows what there is. */
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private static final int MOST_FIELDS = 64;
  private static final int LEAST_POINTS = 10;
  private static final int MOST_POINTS = 20_000;
  private static final int USUAL_POINTS = 2_000;

  /** Of all fields together: some 20 MB of text. */
  private static final int MOST_POINTS_IN_ALL = 500_000;

  private static final int USUAL_FITS = 200;
  private static final int MOST_FITS = 1_000;
  private static final int USUAL_FORECASTS = 50;
  private static final int MOST_FORECASTS = 500;

  private final SeriesStore store;

  SeriesRoutes(SeriesStore store) {
    this.store = store;
  }

  /**
   * Answers a request about a run.
   *
   * @return null where there is nothing of this name
   */
  @Nullable Reply answer(String name, RunEntry run, QueryParameters parameters) {
    return switch (name) {
      case "fields" -> fields(store.read(run, PATIENCE));
      case "series" -> series(run, parameters);
      case "fits" -> fits(run, parameters);
      case "forecasts" -> forecasts(run, parameters);
      default -> null;
    };
  }

  private static Reply fields(RunSeries run) {
    JsonObject body = head(run);
    JsonArray fields = new JsonArray();
    run.fields().forEach(summary -> fields.add(field(summary)));
    body.add("fields", fields);
    return Reply.json(body);
  }

  private static JsonObject field(FieldSummary summary) {
    JsonObject field = new JsonObject();
    field.addProperty("name", summary.field().name());
    field.addProperty("kind", summary.field().kind().word());
    field.addProperty("label", summary.field().label());
    field.addProperty("unit", summary.field().unit());
    field.addProperty("count", summary.count());
    field.addProperty("first", summary.first());
    field.addProperty("last", summary.last());
    field.addProperty("min", summary.least());
    field.addProperty("max", summary.most());
    return field;
  }

  private Reply series(RunEntry entry, QueryParameters parameters) {
    List<String> fields = parameters.list("fields").stream().distinct().toList();
    if (fields.size() > MOST_FIELDS) {
      throw new ParameterException("fields names at most %d fields".formatted(MOST_FIELDS));
    }
    Window window = window(parameters);
    if ((long) fields.size() * window.points() > MOST_POINTS_IN_ALL) {
      throw new ParameterException(
          "fields times points is at most %,d: ask for fewer of them"
              .formatted(MOST_POINTS_IN_ALL));
    }
    boolean means = parameters.word("means", "false", List.of("false", "true")).equals("true");
    RunSeries run = store.read(entry, PATIENCE);
    StringBuilder out = new StringBuilder(1 << 16);
    JsonObject head = head(run);
    head.addProperty("x", window.axis().word());
    double[] range = run.range(window.axis());
    addEnd(head, "from", window.from(), range == null ? null : range[0]);
    addEnd(head, "to", window.to(), range == null ? null : range[1]);
    String text = head.toString();
    out.append(text, 0, text.length() - 1).append(",\"series\":{");
    String separator = "";
    for (Map.Entry<String, Drawn> drawn : run.series(fields, window).entrySet()) {
      out.append(separator).append(new JsonPrimitive(drawn.getKey())).append(":{\"x\":");
      NumberText.append(out, drawn.getValue().x());
      out.append(",\"y\":");
      NumberText.append(out, drawn.getValue().y());
      out.append(",\"raw\":").append(drawn.getValue().raw());
      out.append(",\"count\":").append(drawn.getValue().count());
      if (means && !drawn.getValue().raw()) {
        out.append(",\"mean\":{\"x\":");
        NumberText.append(out, drawn.getValue().meanX());
        out.append(",\"y\":");
        NumberText.append(out, drawn.getValue().meanY());
        out.append('}');
      }
      out.append('}');
      separator = ",";
    }
    return new Reply(200, Reply.JSON, out.append("}}\n").toString());
  }

  private static Window window(QueryParameters parameters) {
    List<String> axes = Arrays.stream(Axis.values()).map(Axis::word).toList();
    Axis axis = Axis.valueOf(parameters.word("x", "step", axes).toUpperCase(Locale.ROOT));
    Window window =
        new Window(
            axis,
            parameters.number("from", Double.NEGATIVE_INFINITY),
            parameters.number("to", Double.POSITIVE_INFINITY),
            parameters.number("points", USUAL_POINTS, LEAST_POINTS, MOST_POINTS),
            parameters.word("scale", "linear", List.of("linear", "log")).equals("log"));
    if (window.from() > window.to()) {
      throw new ParameterException("from is not above to");
    }
    return window;
  }

  private static void addEnd(JsonObject head, String name, double asked, @Nullable Double known) {
    if (Double.isFinite(asked)) {
      head.addProperty(name, asked);
    } else if (known != null) {
      head.addProperty(name, known);
    }
  }

  private Reply fits(RunEntry entry, QueryParameters parameters) {
    double from = parameters.number("from", Double.NEGATIVE_INFINITY);
    double to = parameters.number("to", Double.POSITIVE_INFINITY);
    int points = parameters.number("points", USUAL_FITS, 1, MOST_FITS);
    RunSeries run = store.read(entry, PATIENCE);
    JsonObject body = head(run);
    body.addProperty("count", run.fitCount());
    JsonArray fits = new JsonArray();
    for (FlowFitted fit : run.fits(from, to, points)) {
      fits.add(Json.message(fit));
    }
    body.add("fits", fits);
    return Reply.json(body);
  }

  private Reply forecasts(RunEntry entry, QueryParameters parameters) {
    int points = parameters.number("points", USUAL_FORECASTS, 1, MOST_FORECASTS);
    RunSeries run = store.read(entry, PATIENCE);
    JsonObject body = head(run);
    body.addProperty("count", run.fitCount());
    JsonArray fits = new JsonArray();
    run.forecasts(points).forEach(forecast -> fits.add(forecast(forecast)));
    body.add("fits", fits);
    return Reply.json(body);
  }

  private static JsonObject forecast(PastForecast past) {
    FlowFitted fit = past.fit();
    JsonObject json = new JsonObject();
    json.addProperty("step", Long.toString(fit.getStep()));
    json.addProperty("flow_time", fit.getFlowTime());
    add(json, "sharpness", fit.hasSharpness() ? fit.getSharpness() : null);
    json.addProperty("basis", fit.getForecastBasis().name());
    if (fit.hasMayBeThrown()) {
      json.addProperty("may_be_thrown", fit.getMayBeThrown());
    }
    JsonArray horizons = new JsonArray();
    past.horizons().forEach(horizon -> horizons.add(horizon(horizon)));
    json.add("forecasts", horizons);
    return json;
  }

  private static JsonObject horizon(PastForecast.Horizon horizon) {
    Forecast forecast = horizon.forecast();
    JsonObject json = new JsonObject();
    add(json, "horizon", forecast.getHorizon());
    add(json, "flow_time", horizon.flowTime());
    add(json, "at_step", horizon.atStep());
    add(json, "sharpness", forecast.getSharpness());
    add(json, "low", forecast.hasLow() ? forecast.getLow() : null);
    add(json, "high", forecast.hasHigh() ? forecast.getHigh() : null);
    add(json, "probability", forecast.hasProbability() ? forecast.getProbability() : null);
    add(json, "came", horizon.came());
    add(json, "excess_loss", forecast.hasExcessLoss() ? forecast.getExcessLoss() : null);
    add(json, "excess_loss_low", forecast.hasExcessLossLow() ? forecast.getExcessLossLow() : null);
    add(
        json,
        "excess_loss_high",
        forecast.hasExcessLossHigh() ? forecast.getExcessLossHigh() : null);
    return json;
  }

  private static void add(JsonObject json, String name, @Nullable Double value) {
    if (value != null && Double.isFinite(value)) {
      json.addProperty(name, value);
    }
  }

  private static JsonObject head(RunSeries run) {
    JsonObject body = new JsonObject();
    body.addProperty("run_id", run.runId());
    body.addProperty("complete", run.complete());
    body.addProperty("read", run.share());
    if (run.lastStep() >= 0) {
      body.addProperty("last_step", Long.toString(run.lastStep()));
    }
    return body;
  }
}
