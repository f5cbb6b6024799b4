package brink.monitor.cli;

import brink.cli.CheckedFirst;
import brink.cli.KafkaOptions;
import brink.cli.Terminal;
import brink.monitor.outcome.OutcomeSentence;
import brink.monitor.records.RecordStore;
import brink.monitor.records.RecordedReports;
import brink.monitor.records.RecordedReports.Reported;
import brink.monitor.records.RunStarts;
import brink.monitor.run.RunFold;
import brink.monitor.text.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Says what runs showed of the edge: one in lines, several as a table to compare.",
      "η̃λ₁ AT EDGE: mean of adjacent pairs over the last tenth of the run, 2 by theory without"
          + " momentum; G² SPREAD: by how much its three estimates differ in the median; FORECAST"
          + " OFF: error of forecasts of sharpness half a unit of flow time ahead, in the median."
    })
public final class ReportCommand implements Callable<Integer>, CheckedFirst {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private RecordsOption records = new RecordsOption();
  @Mixin private ChosenRuns runs = new ChosenRuns();

  @Option(names = "--lines", description = "Of several runs, too, all lines after the table.")
  private boolean lines;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Write one HTML file instead: the live page with the data of these runs, 20 at most,"
              + " which opens anywhere without a network.")
  private @Nullable Path html;

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, this::report);
  }

  private int report() throws IOException {
    check();
    RecordStore store = records.store(kafka);
    RunStarts starts = RunStarts.of(store);
    List<String> runIds = runs.of(records, store, starts);
    if (html == null) {
      print(RecordedReports.of(store, starts, runIds));
    } else {
      HtmlReport.write(kafka.settings(), runIds, html);
      spec.commandLine().getOut().println("wrote " + html);
      spec.commandLine().getOut().flush();
    }
    return Failures.OK;
  }

  @Override
  public void check() {
    runs.check(records);
    if (html != null && records.isFile()) {
      throw new IllegalArgumentException(
          "--html reads from Kafka; 'brink import' brings the runs of --file there");
    }
  }

  private void print(List<Reported> reported) {
    PrintWriter out = spec.commandLine().getOut();
    boolean several = reported.size() > 1;
    if (several) {
      ReportTable.lines(reported, Terminal.ofThisProcess().columns()).forEach(out::println);
    }
    if (!several || lines) {
      for (Reported each : reported) {
        out.print(several ? System.lineSeparator() : "");
        out.println(
            "Run %s %s"
                .formatted(
                    Printable.of(each.started().getRunId()), OutcomeSentence.of(each.outcome())));
        if (RunFold.isFork(each.started())) {
          out.println("  fork of      " + Printable.of(RunListing.forkOf(each.started())));
        }
        if (each.started().hasData()) {
          out.println("  data         " + Printable.of(each.started().getData().getSummary()));
        }
        each.report().lines().forEach(line -> out.println("  " + Printable.of(line)));
      }
    }
    out.flush();
  }
}
