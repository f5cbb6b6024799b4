package brink.monitor.cli;

import brink.cli.KafkaOptions;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.web.Json;
import brink.v1.RunStarted;
import com.google.gson.JsonArray;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink runs}. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists all runs, newest first, from Kafka alone.")
public final class RunsCommand implements Callable<Integer> {
  private static final List<String> HEADER =
      List.of("ID", "NAME", "PROBLEM", "DATA", "STARTED (UTC)", "LAST STEP", "REGIME", "STATUS");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--json", description = "One JSON array instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return Failures.guard(
        spec,
        () -> {
          print(RunCatalogue.read(kafka.settings()));
          return Failures.OK;
        });
  }

  private void print(List<RunEntry> runs) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonArray array = new JsonArray();
      runs.forEach(run -> array.add(Json.summary(run)));
      out.println(array);
    } else if (runs.isEmpty()) {
      out.println("no runs yet; ./brink demo or ./brink train makes one");
    } else {
      List<List<String>> rows = new ArrayList<>();
      rows.add(HEADER);
      runs.forEach(run -> rows.add(row(run)));
      TextTable.lines(rows).forEach(out::println);
    }
    out.flush();
  }

  private static List<String> row(RunEntry run) {
    RunStarted started = run.started();
    Long last = run.lastStep();
    return List.of(
        run.runId(),
        started == null ? "" : started.getName(),
        started == null ? "" : started.getProblem(),
        started == null ? "" : DataSize.of(started),
        started == null || !started.hasStartedAt() ? "" : time(started),
        last == null ? "" : last.toString(),
        RegimeSentence.name(run.regime()),
        run.status().name());
  }

  private static String time(RunStarted started) {
    return Instant.ofEpochSecond(started.getStartedAt().getSeconds())
        .truncatedTo(ChronoUnit.SECONDS)
        .toString()
        .replace('T', ' ')
        .replace("Z", "");
  }
}
