package brink.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import brink.bench.statistics.SampleSpread;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Line SLOW =
      Line.measurement("gradient", SampleSpread.exactly(2), Unit.RATIO, Target.atMost(1));
  private static final Line DIFFERENT = Line.agreement("difference", 1, 1e-10);

  private static Report report(RowResult... rows) {
    return new Report(List.of("a machine"), List.of(rows));
  }

  @Test
  void render_always_isAMarkdownTable() {
    String text = report(RowResult.measured("MLP | BN", List.of(SLOW))).render();
    assertThat(text)
        .isEqualTo(
            """
            * a machine

            | what          | measured | target   | verdict |
            | ------------- | -------- | -------- | ------- |
            | **MLP \\| BN** |          |          |         |
            | gradient      | 2.00 ×   | ≤ 1.00 × | missed  |
            """);
  }

  @Test
  void isWrong_ofMissedTarget_isFalse() {
    assertThat(report(RowResult.measured("row", List.of(SLOW))).isWrong()).isFalse();
  }

  @Test
  void isWrong_ofDisagreement_failsTheWholeRow() {
    Report report = report(RowResult.measured("row", List.of(SLOW, DIFFERENT)));
    assertThat(report.isWrong()).isTrue();
    assertThat(report.render()).contains("**row**").contains("**WRONG**");
  }

  @Test
  void isWrong_ofFailure_isTrueAndSaysWhy() {
    Report report = report(RowResult.failed("row", "it crashed"));
    assertThat(report.isWrong()).isTrue();
    assertThat(report.render()).contains("failed: it crashed");
  }

  @Test
  void isWrong_ofWhatTheMachineLacks_isFalseAndSaysWhy() {
    Report report = report(RowResult.notMeasured("row", "no libtorch"));
    assertThat(report.isWrong()).isFalse();
    assertThat(report.render()).contains("not measured: no libtorch");
  }
}
