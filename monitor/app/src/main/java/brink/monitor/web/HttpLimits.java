package brink.monitor.web;

import java.time.Duration;

/**
 * What a client may take of the server.
 *
 * @param connections open at a time; more are not accepted until one closes
 * @param eventStreams of them that may be event streams
 * @param request how long a request may take to arrive, head and body
 * @param idle how long a connection may stand still, also while it takes an answer
 * @param headerBytes of a request
 * @param bodyBytes of a request
 * @param heartbeat of event streams; shorter than idle
 */
record HttpLimits(
    int connections,
    int eventStreams,
    Duration request,
    Duration idle,
    int headerBytes,
    int bodyBytes,
    Duration heartbeat) {
  /**
   * A browser opens six connections for a page, a scrape one; a request of 16 KiB names a thousand
   * fields.
   */
  static final HttpLimits DEFAULT =
      new HttpLimits(
          1_024,
          256,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          16 << 10,
          64 << 10,
          Duration.ofSeconds(15));
}
