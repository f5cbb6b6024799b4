package brink.monitor.cli;

import brink.cli.KafkaOptions;
import brink.monitor.BuildInfo;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.series.SeriesStore;
import brink.monitor.web.PageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
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
    description =
        "Writes a run, or several beside each other, as one HTML file: the live page with its data,"
            + " which opens anywhere without a network.")
public final class ReportCommand implements Callable<Integer> {
  /** As many as the page compares. */
  private static final int MOST_RUNS = 20;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--run",
      required = true,
      paramLabel = "ID",
      description = "The run; given several times, runs to compare, 20 at most.")
  private List<String> runIds = new ArrayList<>();

  @Option(names = "--html", required = true, paramLabel = "FILE", description = "File to write.")
  private Path html = Path.of("");

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, this::report);
  }

  private int report() throws IOException {
    List<String> ids = runIds.stream().distinct().toList();
    if (ids.size() > MOST_RUNS) {
      throw new IllegalArgumentException("--run: %d at most".formatted(MOST_RUNS));
    }
    Listed directory = new Listed(RunCatalogue.read(kafka.settings()));
    List<RunEntry> runs = ids.stream().map(directory::known).toList();
    Path folder = Files.createTempDirectory("brink-report-");
    try (SeriesStore store = SeriesStore.open(folder, kafka.settings(), directory)) {
      String text =
          new PageReport(store).html(runs, BuildInfo.version(), Clock.systemUTC().instant());
      Files.writeString(html, text);
    } finally {
      Files.delete(folder);
    }
    spec.commandLine().getOut().println("wrote " + html);
    spec.commandLine().getOut().flush();
    return Failures.OK;
  }

  /** Runs as they were listed once. */
  private record Listed(List<RunEntry> runs) implements RunDirectory {
    @Override
    public @Nullable RunEntry run(String runId) {
      return runs.stream().filter(run -> run.runId().equals(runId)).findFirst().orElse(null);
    }

    RunEntry known(String runId) {
      RunEntry run = run(runId);
      if (run == null) {
        throw new NoSuchElementException(
            "no run has the id '%s'; ./brink runs lists them".formatted(runId));
      }
      return run;
    }
  }
}
