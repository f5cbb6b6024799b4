package brink.distribution.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.sweep.HeatMap.Cell;
import brink.distribution.sweep.HeatMap.Panel;
import brink.monitor.records.LastSteps.LastStep;
import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import brink.trainer.sweep.FinishedRun;
import brink.trainer.sweep.FinishedRun.Ending;
import brink.trainer.sweep.Setting;
import brink.trainer.sweep.SweepMeasure;
import brink.trainer.sweep.SweptRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private final List<SweepRow> rows = new ArrayList<>();

  /**
   * A run.
   *
   * @param settings {@code name=value} each
   */
  private void run(String arm, @Nullable Double loss, String... settings) {
    List<Setting> varying = new ArrayList<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      varying.add(new Setting(RunOptions.named("--" + parts[0]).orElseThrow(), parts[1]));
    }
    SweptRun run = new SweptRun(arm, varying, RunRequest.builder().build());
    rows.add(
        new SweepRow(
            new FinishedRun(run, "run-" + rows.size(), Ending.COMPLETED, false, ""),
            null,
            loss == null ? null : new LastStep(9, loss, null, null)));
  }

  private HeatMap map() {
    return HeatMap.of(SweepMeasure.LOSS, rows);
  }

  private static List<String> texts(Panel panel) {
    return panel.cells().stream().flatMap(List::stream).map(Cell::text).toList();
  }

  @Test
  void of_twoSettingsAndSeeds_hasTheMedianOfTheSeeds() {
    for (int seed = 1; seed <= 3; seed++) {
      run("", 1.0 * seed, "lr=0.1", "wd=0", "seed=" + seed);
      run("", seed == 2 ? null : 4.0, "lr=0.1", "wd=1", "seed=" + seed);
      run("", Double.NaN, "lr=0.2", "wd=0", "seed=" + seed);
      run("", 3.0, "lr=0.2", "wd=1", "seed=" + seed);
    }

    Panel panel = map().panels().getFirst();

    assertThat(map().panels()).hasSize(1);
    assertThat(panel.rows()).containsExactly("0.1", "0.2");
    assertThat(panel.columns()).containsExactly("0", "1");
    assertThat(texts(panel)).containsExactly("2", "4 (2/3)", "", "3");
    assertThat(panel.cells().getFirst()).extracting(Cell::shade).containsExactly(1 / 3.0, 1.0);
    assertThat(panel.cells().getLast().getFirst().shade()).isNaN();
  }

  @Test
  void of_armsAndAThirdSetting_hasAPanelForEach() {
    for (String momentum : List.of("0", "0.9")) {
      run("a", 1.0, "lr=1", "wd=0", "momentum=" + momentum);
      run("a", 2.0, "lr=2", "wd=0", "momentum=" + momentum);
    }
    run("b", 3.0);

    assertThat(map().panels())
        .extracting(Panel::title)
        .containsExactly("a momentum=0", "a momentum=0.9", "b");
  }

  @Test
  void of_seedsAlone_areARow() {
    run("", 1.0, "seed=1");
    run("", 2.0, "seed=2");

    Panel panel = map().panels().getFirst();
    assertThat(panel.across()).isEqualTo("seed");
    assertThat(panel.rows()).containsExactly("");
    assertThat(texts(panel)).containsExactly("1", "2");
  }

  @Test
  void of_aSingleRun_isNoMap() {
    run("", 1.0);
    assertThat(HeatMapText.lines(map())).isEmpty();
  }

  @Test
  void text_ofAMap_alignsShadesAndValues() {
    run("", 1.0, "lr=0.1", "wd=0");
    run("", 2000.0, "lr=0.1", "wd=1");
    run("", null, "lr=0.25", "wd=0");
    run("", 45.0, "lr=0.25", "wd=1");

    assertThat(HeatMapText.lines(map()))
        .containsExactly(
            "",
            "last loss (lr down, wd across; ░░ lowest, ██ highest)",
            "        0     1",
            "  0.1   ░░ 1  ██ 2000",
            "  0.25  -     ▓▓ 45");
  }

  @Test
  void html_ofAMap_escapesWhatOthersWrote() {
    run("<b>&", 1.0, "lr=0.1");
    run("<b>&", 2.0, "lr=0.2");

    String html = SweepPage.html("group <1>", map(), new SweepTable(rows));

    assertThat(html).contains("&lt;b&gt;&amp;", "group &lt;1&gt;", "<svg", "</html>");
    assertThat(html).doesNotContain("<b>");
  }
}
