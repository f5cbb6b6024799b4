package brink.monitor.cli;

import brink.cli.CheckedFirst;
import brink.cli.DurationConverter;
import brink.cli.KafkaOptions;
import brink.monitor.metrics.MetricHistory;
import brink.monitor.metrics.MetricHistory.Times;
import brink.monitor.records.RecordStore;
import brink.monitor.replay.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink backfill}. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the metrics that a monitor would have shown of a run, at the times of its steps, as"
          + " OpenMetrics.",
      "'promtool tsdb create-blocks-from openmetrics FILE DIR' makes blocks of it, which a"
          + " Prometheus takes into its data folder."
    })
public final class BackfillCommand implements Callable<Integer>, CheckedFirst {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private RecordsOption records = new RecordsOption();

  @Option(names = "--run", required = true, paramLabel = "ID", description = "The run.")
  private String runId = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "run.om",
      description = "File to write (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("run.om");

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "1ms",
      converter = DurationConverter.class,
      description =
          "At most one sample of each series in such a time, the last one (default:"
              + " ${DEFAULT-VALUE}, which is as fine as Prometheus' clock).")
  private Duration every = SHORTEST;

  @Option(
      names = "--stretch",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Puts the steps so far apart, from the time of the first one, so that none shares a"
              + " millisecond with another.")
  private @Nullable Duration stretch;

  @Override
  public void check() {
    requireMillisecond("--every", every);
    requireMillisecond("--stretch", stretch);
  }

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, this::backfill);
  }

  private static void requireMillisecond(String option, @Nullable Duration time) {
    if (time != null && time.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(option + " takes 1ms or more");
    }
  }

  private int backfill() throws IOException {
    check();
    RecordStore store = records.store(kafka);
    Replay replay = new Replay(store);
    try (MetricHistory history = new MetricHistory(new Times(every, stretch))) {
      var _ = replay.replay(runId, replay.recordedSettings(runId).settings(), history);
      try (Writer file = Files.newBufferedWriter(out)) {
        history.write(file);
      }
      tell(history);
    }
    return Failures.OK;
  }

  private void tell(MetricHistory history) {
    PrintWriter notes = spec.commandLine().getOut();
    notes.println(
        String.format(
            Locale.ROOT,
            "%s: samples at %,d of %,d steps%s",
            out,
            history.shown(),
            history.steps(),
            history.shown() == history.steps()
                ? ""
                : "; the others share a time with a later one, and --stretch puts them apart"));
    notes.println("load it with: promtool tsdb create-blocks-from openmetrics " + out + " DIR");
    notes.flush();
  }
}
