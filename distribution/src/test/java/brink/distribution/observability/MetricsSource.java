package brink.distribution.observability;

import java.net.URI;

/** Something that Prometheus can scrape: a running monitor, or a stand-in. */
interface MetricsSource extends AutoCloseable {

  /** Address of the metrics page, for example {@code http://127.0.0.1:9404/metrics}. */
  URI uri();

  @Override
  void close();
}
