package brink.distribution.observability;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether every expression of the dashboards has data in a Prometheus that scraped a run. */
final class ExpressionCheck {
  private final PrometheusHarness prometheus;
  private final Map<String, String> variables;
  private final Map<String, String> mayBeEmpty;

  /**
   * A check of one run.
   *
   * @param run id of the run that the dashboards' variable {@code run} stands for
   * @param mayBeEmpty a piece of an expression → the reason why such an expression may have no data
   *     here
   */
  ExpressionCheck(PrometheusHarness prometheus, String run, Map<String, String> mayBeEmpty) {
    this.prometheus = prometheus;
    // The harness scrapes every second: four scrapes are what Grafana would take for the interval.
    this.variables = Map.of("run", run, "instance", ".*", "group", ".*", "__rate_interval", "4s");
    this.mayBeEmpty = mayBeEmpty;
  }

  /**
   * One line per expression that has no data, shows an absent label or is refused; empty is good.
   */
  List<String> failures() {
    return Dashboard.all()
        .flatMap(dashboard -> dashboard.expressions().stream())
        .flatMap(expression -> failure(expression).stream())
        .toList();
  }

  /** One line per rule that Prometheus cannot evaluate, or that reads a metric without data. */
  List<String> ruleFailures() {
    return prometheus.rules().stream()
        .flatMap(
            rule -> {
              String name = Dashboard.text(rule, "name");
              Expression expression =
                  new Expression("rule " + name, Dashboard.text(rule, "query"), "");
              Stream<String> error =
                  Stream.of(Dashboard.text(rule, "lastError")).filter(e -> !e.isEmpty());
              return Stream.concat(error.map(e -> describe(expression, e)), unread(expression));
            })
        .toList();
  }

  private Stream<String> unread(Expression expression) {
    return expression.metrics().stream()
        .map(metric -> new Expression(expression.where(), metric, ""))
        .flatMap(metric -> failure(metric).stream());
  }

  private Optional<String> failure(Expression expression) {
    String promQl = expression.with(variables);
    try {
      List<Sample> data = prometheus.query(promQl);
      if (data.stream().allMatch(sample -> Double.isNaN(sample.value()))) {
        return excused(expression)
            ? Optional.empty()
            : Optional.of(describe(expression, "no data"));
      }
      return missingLabel(expression, data).map(label -> describe(expression, "no label " + label));
    } catch (IllegalArgumentException refused) {
      return Optional.of(describe(expression, String.valueOf(refused.getMessage())));
    }
  }

  private boolean excused(Expression expression) {
    return mayBeEmpty.keySet().stream().anyMatch(expression.promQl()::contains);
  }

  private static Optional<String> missingLabel(Expression expression, List<Sample> data) {
    return expression.legendLabels().stream()
        .filter(label -> data.stream().anyMatch(sample -> !sample.labels().containsKey(label)))
        .findFirst();
  }

  private static String describe(Expression expression, String finding) {
    return "%s: %s: %s".formatted(expression.where(), finding, expression.promQl());
  }
}
