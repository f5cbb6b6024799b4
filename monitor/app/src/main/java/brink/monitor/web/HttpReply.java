package brink.monitor.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Sends replies: the headers that all have, compression, and what HEAD and If-None-Match leave out.
 */
final class HttpReply {
  private static final int NOT_MODIFIED = 304;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private HttpReply() {}

  /** Sends without waiting, so that a reader who is slow holds no thread. */
  static void send(Request request, Response response, Reply reply, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    addCommon(headers);
    reply.headers().forEach(headers::put);
    String tag = reply.headers().get("ETag");
    if (tag != null && EntityTag.isKnown(tag, request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
      response.setStatus(NOT_MODIFIED);
      response.write(true, NOTHING.duplicate(), callback);
      return;
    }
    response.setStatus(reply.status());
    headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
    byte[] body = encoded(request.getHeaders().get(HttpHeader.ACCEPT_ENCODING), reply, headers);
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    boolean head = request.getMethod().equals("HEAD");
    response.write(true, head ? NOTHING.duplicate() : ByteBuffer.wrap(body), callback);
  }

  /** What every answer says, an error of the server's own among them. */
  static void addCommon(HttpFields.Mutable headers) {
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.put(HttpHeader.VARY, "Accept-Encoding");
  }

  private static byte[] encoded(
      @Nullable String accepted, Reply reply, HttpFields.Mutable headers) {
    ContentCoding coding = ContentCoding.of(accepted, reply.body().length);
    if (coding == ContentCoding.GZIP) {
      headers.put(new HttpField(HttpHeader.CONTENT_ENCODING, "gzip"));
    }
    return coding.encode(reply.body());
  }
}
