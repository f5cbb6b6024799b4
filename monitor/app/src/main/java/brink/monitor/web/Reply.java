package brink.monitor.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/**
 * Status, type and text of an answer.
 *
 * @param headers further ones
 */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
  static final String JSON = "application/json; charset=utf-8";

  Reply(int status, String contentType, String body) {
    this(status, contentType, body, Map.of());
  }

  Reply with(Map<String, String> more) {
    return new Reply(status, contentType, body, more);
  }

  static Reply json(JsonElement body) {
    return json(200, body);
  }

  static Reply json(int status, JsonElement body) {
    return new Reply(status, JSON, body + "\n");
  }

  static Reply error(int status, String message) {
    JsonObject body = new JsonObject();
    body.addProperty("error", message);
    return json(status, body);
  }
}
