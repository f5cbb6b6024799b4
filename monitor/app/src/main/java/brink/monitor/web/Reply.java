package brink.monitor.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Status, type and bytes of an answer.
 *
 * @param headers further ones; they take the place of those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // on its way to the client; nobody compares two
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
  static final String JSON = "application/json; charset=utf-8";

  Reply(int status, String contentType, String body) {
    this(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  Reply with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new Reply(status, contentType, body, Map.copyOf(all));
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
