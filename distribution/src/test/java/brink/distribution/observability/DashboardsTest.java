package brink.distribution.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes dashboards rot, checked without Grafana. */
class DashboardsTest {

  static Stream<Dashboard> dashboards() {
    return Dashboard.all();
  }

  static Stream<Dashboard.Panel> panels() {
    return Dashboard.all().flatMap(d -> d.panels().stream()).filter(p -> !p.isRow());
  }

  static Stream<Expression> expressions() {
    return Dashboard.all().flatMap(d -> d.expressions().stream());
  }

  @ParameterizedTest
  @MethodSource("panels")
  void panel_always_hasUnitAndDescription(Dashboard.Panel panel) {
    assertThat(panel.unit()).as("unit").isNotBlank();
    assertThat(panel.description()).as("description").endsWith(".");
  }

  @ParameterizedTest
  @MethodSource("panels")
  void panel_always_readsTheChosenDatasource(Dashboard.Panel panel) {
    assertThat(panel.targets())
        .isNotEmpty()
        .allSatisfy(
            t ->
                assertThat(t.getAsJsonObject("datasource").get("uid").getAsString())
                    .isEqualTo("${DS}"));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void expression_always_readsKnownMetrics(Expression expression) {
    assertThat(expression.metrics()).isNotEmpty().isSubsetOf(MetricCatalogue.names());
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void expression_ofUnknown_isNotZero(Expression expression) {
    assertThat(expression.promQl()).doesNotContainPattern("vector\\s*\\(|absent");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panels_always_haveUniqueIds(Dashboard dashboard) {
    assertThat(dashboard.panels().stream().map(p -> p.json().get("id").getAsInt()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panels_always_fitTheGridWithoutOverlap(Dashboard dashboard) {
    assertThat(dashboard.panels().stream().flatMap(DashboardsTest::cells)).doesNotHaveDuplicates();
  }

  @Test
  void panels_ofARun_leadToTheLivePage() {
    assertThat(Dashboard.read("brink-run.json").panels())
        .filteredOn(panel -> !panel.isRow())
        .allSatisfy(
            panel ->
                assertThat(panel.json().getAsJsonArray("links").toString())
                    .as("links of %s", panel)
                    .contains("${page}/#/runs/${run}"));
  }

  @Test
  void expressions_ofTheStabilityRatio_doNotAverageOverTime() {
    assertThat(expressions())
        .noneMatch(expression -> expression.promQl().contains("avg_over_time"));
  }

  @Test
  void runVariable_always_hangsOnRunInfoAlone() {
    List<JsonObject> run =
        Dashboard.read("brink-run.json").variables().stream()
            .filter(v -> Dashboard.text(v, "name").equals("run"))
            .toList();
    assertThat(run).singleElement().satisfies(DashboardsTest::readsRunInfo);
  }

  @Test
  void alerts_always_haveOneRunbookEach() throws IOException {
    try (Stream<Path> files = Files.list(Repository.root().resolve("docs/runbooks"))) {
      List<String> runbooks =
          files.map(f -> String.valueOf(f.getFileName()).replace(".md", "")).toList();
      assertThat(runbooks).containsExactlyInAnyOrderElementsOf(Rules.alerts());
    }
  }

  @Test
  void metrics_ofExpression_areItsSeriesAlone() {
    String promQl =
        "sum by (run, to) (rate(a_total{x=\"b\"}[5m] offset 5m)) unless on (run) 2 * c:d:max >"
            + " 1e-4";
    assertThat(new Expression("", promQl, "").metrics()).containsExactly("a_total", "c:d:max");
  }

  private static void readsRunInfo(JsonObject variable) {
    assertThat(variable.getAsJsonObject("query").get("query").getAsString())
        .isEqualTo("label_values(brink_run_info, run)");
  }

  private static Stream<String> cells(Dashboard.Panel panel) {
    JsonObject at = panel.json().getAsJsonObject("gridPos");
    int x = at.get("x").getAsInt();
    int y = at.get("y").getAsInt();
    int right = x + at.get("w").getAsInt();
    assertThat(right).as("%s: right side", panel).isLessThanOrEqualTo(24);
    return IntStream.range(x, right)
        .boxed()
        .flatMap(
            column ->
                IntStream.range(y, y + at.get("h").getAsInt()).mapToObj(row -> column + "," + row));
  }
}
