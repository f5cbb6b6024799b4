package brink.distribution.observability;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Grafana dashboard as it lies in {@code grafana/dashboards}. */
record Dashboard(String file, JsonObject json) {

  static Stream<Dashboard> all() {
    return Stream.of("brink-run.json", "brink-fleet.json").map(Dashboard::read);
  }

  static Dashboard read(String file) {
    String text = Repository.read("grafana/dashboards/" + file);
    return new Dashboard(file, JsonParser.parseString(text).getAsJsonObject());
  }

  /** Every panel, rows included, and what is in the rows that are closed. */
  List<Panel> panels() {
    return objects(json.getAsJsonArray("panels"))
        .flatMap(
            panel ->
                Stream.concat(
                    Stream.of(panel),
                    panel.has("panels") ? objects(panel.getAsJsonArray("panels")) : Stream.empty()))
        .map(panel -> new Panel(file, panel))
        .toList();
  }

  List<JsonObject> variables() {
    return objects(json.getAsJsonObject("templating").getAsJsonArray("list")).toList();
  }

  /** Every expression: of panels, of annotations; in the order of the file. */
  List<Expression> expressions() {
    List<Expression> all = new ArrayList<>();
    panels().forEach(panel -> all.addAll(panel.expressions()));
    objects(json.getAsJsonObject("annotations").getAsJsonArray("list"))
        .map(a -> new Expression(file + ", annotation " + text(a, "name"), text(a, "expr"), ""))
        .forEach(all::add);
    return all;
  }

  @Override
  public String toString() {
    return file;
  }

  static Stream<JsonObject> objects(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonElement::getAsJsonObject);
  }

  static String text(JsonObject object, String member) {
    return object.has(member) ? object.get(member).getAsString() : "";
  }

  /** One panel. */
  record Panel(String file, JsonObject json) {

    boolean isRow() {
      return type().equals("row");
    }

    String type() {
      return text(json, "type");
    }

    String description() {
      return text(json, "description");
    }

    String unit() {
      return text(json.getAsJsonObject("fieldConfig").getAsJsonObject("defaults"), "unit");
    }

    List<JsonObject> targets() {
      return isRow() ? List.of() : objects(json.getAsJsonArray("targets")).toList();
    }

    List<Expression> expressions() {
      return targets().stream()
          .map(t -> new Expression(toString(), text(t, "expr"), text(t, "legendFormat")))
          .toList();
    }

    @Override
    public String toString() {
      return file + ", panel \"" + text(json, "title") + "\"";
    }
  }
}
