package brink.distribution.observability;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One element of an instant vector.
 *
 * @param labels the series' labels
 * @param value its value; NaN stands for unknown
 */
record Sample(Map<String, String> labels, double value) {

  static Sample of(JsonObject json) {
    Map<String, String> labels =
        json.getAsJsonObject("metric").entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, label -> label.getValue().getAsString()));
    String value = json.getAsJsonArray("value").get(1).getAsString();
    return new Sample(labels, Double.parseDouble(value.replace("Inf", "Infinity")));
  }
}
