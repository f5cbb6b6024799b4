package brink.distribution.observability;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names that dashboards and rules may use. The one list is the test resource {@code
 * all-metrics.txt}.
 */
final class MetricCatalogue {
  private MetricCatalogue() {}

  static Set<String> names() {
    Stream<String> exposed =
        FixtureMetrics.exposition()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceFirst("[ {].*", ""));
    // Prometheus makes these two itself.
    Stream<String> own = Stream.of("up", "ALERTS");
    return Stream.of(exposed, own, Rules.recorded().stream())
        .flatMap(names -> names)
        .collect(Collectors.toUnmodifiableSet());
  }
}
