package brink.monitor.web;

/** The page at /. */
final class IndexPage {
  static final String HTML =
      """
      <!doctype html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Brink monitor</title></head>
      <body>
      <h1>Brink monitor</h1>
      <ul>
      <li><a href="/api/runs">/api/runs</a>: runs, newest first; ?offset=100&amp;limit=100 for more of them</li>
      <li>/api/runs/ID: one run with its regime changes and the last state of its flow</li>
      <li>/api/runs/ID/regimes: its regime changes</li>
      <li><a href="/metrics">/metrics</a>: for Prometheus, text or OpenMetrics</li>
      <li><a href="/health/live">/health/live</a>, <a href="/health/ready">/health/ready</a></li>
      </ul>
      </body>
      </html>
      """;

  private IndexPage() {}
}
