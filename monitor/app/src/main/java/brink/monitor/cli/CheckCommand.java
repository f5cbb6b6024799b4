package brink.monitor.cli;

import brink.cli.CheckedFirst;
import brink.cli.KafkaOptions;
import brink.monitor.records.RecordStore;
import brink.monitor.records.RunStarts;
import brink.monitor.replay.CheckedStream;
import brink.monitor.replay.Replay;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code brink check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a run's records as the monitor does, for those who write a producer: what could not be"
          + " used and why, which fields the steps carry and how often, and which verdicts these"
          + " fields allow.",
      "Exits with 1 where a record could not be used or steps are missing."
    })
public final class CheckCommand implements Callable<Integer>, CheckedFirst {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private RecordsOption records = new RecordsOption();
  @Mixin private ChosenRuns runs = new ChosenRuns();

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, this::checkRuns);
  }

  @Override
  public void check() {
    runs.check(records);
  }

  private int checkRuns() {
    check();
    PrintWriter out = spec.commandLine().getOut();
    RecordStore store = records.store(kafka);
    Replay replay = new Replay(store);
    int code = Failures.OK;
    String separator = "";
    for (String runId : runIds(store)) {
      CheckedStream stream = replay.check(runId);
      out.print(separator);
      separator = System.lineSeparator();
      CheckReport report = new CheckReport(stream);
      report.lines().forEach(out::println);
      out.flush();
      code = Math.max(code, report.isFaultless() ? Failures.OK : Failures.FAILED);
    }
    return code;
  }

  // A run without a usable start is the one that most needs a check.
  private Set<String> runIds(RecordStore store) {
    Set<String> ids = new LinkedHashSet<>(runs.named());
    if (ids.isEmpty() || runs.isGroup()) {
      ids.addAll(runs.of(records, store, RunStarts.of(store)));
    }
    return ids;
  }
}
