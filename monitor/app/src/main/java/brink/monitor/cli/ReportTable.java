package brink.monitor.cli;

import brink.monitor.cli.FittedTable.Column;
import brink.monitor.outcome.FlowTests;
import brink.monitor.outcome.RunOutcome;
import brink.monitor.records.RecordedReports.Reported;
import brink.monitor.report.ForecastScore;
import brink.monitor.report.GradientAgreement;
import brink.monitor.report.RunReport;
import brink.monitor.text.Uncertain;
import brink.v1.RunStarted;
import java.util.List;
import java.util.Locale;

/** Reports of several runs, a row each. */
final class ReportTable {
  private static final double HORIZON = 0.5;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("RUN", ColumnKind.KEY, 100),
          new Column("η", ColumnKind.NUMBER, 60),
          new Column("λ", ColumnKind.NUMBER, 50),
          new Column("SEED", ColumnKind.NUMBER, 40),
          new Column("STEPS", ColumnKind.NUMBER, 45),
          new Column("FORK OF", ColumnKind.TEXT, 35),
          new Column("OUTCOME", ColumnKind.TEXT, 90),
          new Column("η̃λ₁ AT EDGE", ColumnKind.NUMBER, 80),
          new Column("λ₁ END/ENTRY", ColumnKind.NUMBER, 70),
          new Column("FLOW AGREES", ColumnKind.NUMBER, 65),
          new Column("G² SPREAD", ColumnKind.NUMBER, 30),
          new Column("FORECAST OFF", ColumnKind.NUMBER, 20));

  private ReportTable() {}

  static List<String> lines(List<Reported> runs, int width) {
    return new FittedTable(COLUMNS, runs.stream().map(ReportTable::row).toList()).lines(width);
  }

  private static List<String> row(Reported run) {
    RunStarted started = run.started();
    RunReport report = run.report();
    RunOutcome outcome = run.outcome();
    return List.of(
        started.getRunId(),
        started.hasLearningRate() ? BriefNumber.of(started.getLearningRate()) : "",
        started.hasWeightDecay() ? BriefNumber.of(started.getWeightDecay()) : "",
        started.hasSeed() ? Long.toString(started.getSeed()) : "",
        BriefNumber.of((long) report.steps().size()),
        RunListing.forkOf(started),
        BriefOutcome.of(outcome),
        report
            .edgePairs()
            .map(pairs -> Uncertain.text(pairs.mean(), pairs.standardDeviation()))
            .orElse(""),
        report
            .sharpnessChange()
            .map(change -> String.format(Locale.ROOT, "%.2f", change.end() / change.entry()))
            .orElse(""),
        flow(outcome.flow()),
        GradientAgreement.of(report.fits()).map(each -> percent(each.median())).orElse(""),
        ForecastScore.of(report.fits(), HORIZON).map(each -> percent(each.median())).orElse(""));
  }

  private static String flow(FlowTests tests) {
    return tests.tested() == 0
        ? ""
        : BriefNumber.of(tests.agreed()) + "/" + BriefNumber.of(tests.tested());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
