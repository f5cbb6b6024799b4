package brink.monitor.web;

/** All meters as text. */
@FunctionalInterface
public interface Scrape {
  /**
   * The meters in this format, {@code text/plain; …} or {@code application/openmetrics-text; …}.
   */
  String text(String contentType);
}
