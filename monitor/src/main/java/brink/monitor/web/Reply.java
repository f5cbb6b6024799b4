package brink.monitor.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Status, type and text of an answer. */
record Reply(int status, String contentType, String body) {
  static final String JSON = "application/json; charset=utf-8";

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
