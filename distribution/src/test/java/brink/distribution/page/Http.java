package brink.distribution.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client of the API. */
final class Http implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();

  JsonObject object(URI server, String path) throws IOException, InterruptedException {
    return JsonParser.parseString(text(server, path)).getAsJsonObject();
  }

  JsonArray array(URI server, String path) throws IOException, InterruptedException {
    return JsonParser.parseString(text(server, path)).getAsJsonArray();
  }

  String text(URI server, String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  int put(URI server, String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json))
            .build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
