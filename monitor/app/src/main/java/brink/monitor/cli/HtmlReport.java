package brink.monitor.cli;

import brink.monitor.BuildInfo;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.series.SeriesStore;
import brink.monitor.web.PageReport;
import brink.schemas.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A run, or several beside each other, as one HTML file: the live page with its data. */
final class HtmlReport {
  /** As many as the page compares. */
  private static final int MOST_RUNS = 20;

  private HtmlReport() {}

  /**
   * Writes the file.
   *
   * @throws IllegalArgumentException if these are more runs than the page compares
   * @throws NoSuchElementException if one of them is not there
   */
  static void write(KafkaSettings kafka, List<String> runIds, Path file) throws IOException {
    if (runIds.size() > MOST_RUNS) {
      throw new IllegalArgumentException(
          "--html: %d runs at most, found %d".formatted(MOST_RUNS, runIds.size()));
    }
    Listed directory = new Listed(RunCatalogue.read(kafka));
    List<RunEntry> runs = runIds.stream().map(directory::known).toList();
    Path folder = Files.createTempDirectory("brink-report-");
    try (SeriesStore store = SeriesStore.open(folder, kafka, directory)) {
      String text =
          new PageReport(store).html(runs, BuildInfo.version(), Clock.systemUTC().instant());
      Files.writeString(file, text);
    } finally {
      Files.delete(folder);
    }
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
