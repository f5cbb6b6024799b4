package brink.distribution.demo;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the monitor shows a run. */
final class LivePage {
  private LivePage() {}

  /**
   * The page of a run.
   *
   * @param monitor address that the monitor serves at
   */
  static URI of(URI monitor, String runId) {
    // In a form a blank would be a plus; in an address it is not.
    String id = URLEncoder.encode(runId, StandardCharsets.UTF_8).replace("+", "%20");
    return monitor.resolve("#/runs/" + id);
  }
}
