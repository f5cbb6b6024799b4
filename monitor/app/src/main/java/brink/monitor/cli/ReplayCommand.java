package brink.monitor.cli;

import brink.cli.CheckedFirst;
import brink.cli.KafkaOptions;
import brink.monitor.MonitorSettings;
import brink.monitor.records.RecordStore;
import brink.monitor.replay.RecordedSettings;
import brink.monitor.replay.Replay;
import brink.monitor.replay.Replayed;
import brink.monitor.replay.StepRange;
import brink.monitor.replay.Verification;
import brink.monitor.replay.WhatIf;
import brink.monitor.run.FoldSettings;
import brink.monitor.run.RunState;
import brink.monitor.text.Printable;
import com.google.gson.JsonArray;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Re-reads a run from Kafka, or from a file, through the monitor's topology into fresh state,"
          + " with the settings that its verdicts were recorded with.",
      "A run is replayed from its start; --from-step and --to-step choose the verdicts to show.",
      "They do not change what is said of the WHOLE RUN.",
      "With --set it is replayed with these settings too, and the verdicts are compared; nothing"
          + " is written to Kafka."
    })
public final class ReplayCommand implements Callable<Integer>, CheckedFirst {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private RecordsOption records = new RecordsOption();
  @Mixin private SettingOptions set = new SettingOptions();

  @Option(names = "--run", paramLabel = "ID", description = "The run; may be given several times.")
  private List<String> runIds = new ArrayList<>();

  @Option(names = "--from-step", paramLabel = "N", description = "First step of interest.")
  private @Nullable Long fromStep;

  @Option(names = "--to-step", paramLabel = "M", description = "Last step of interest.")
  private @Nullable Long toStep;

  @Option(
      names = "--verify",
      description =
          "Compare with the recorded verdicts, bit for bit, and published gradients with their"
              + " steps; exit 1 on any difference.")
  private boolean verify;

  @Option(
      names = "--all",
      description =
          "With --verify: replay whole partitions with all their runs, as the monitor had them, and"
              + " compare every run.")
  private boolean all;

  @Option(names = "--json", description = "With --set: one JSON array instead of tables.")
  private boolean json;

  @Option(
      names = "--list-settings",
      description = "List the settings with their defaults and reasons, and do nothing else.")
  private boolean listSettings;

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = MonitorSettings.DEFAULT_APPLICATION_ID,
      description = "The monitor that recorded them (default: ${DEFAULT-VALUE}).")
  private String applicationId = MonitorSettings.DEFAULT_APPLICATION_ID;

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, this::replay);
  }

  private int replay() {
    PrintWriter out = spec.commandLine().getOut();
    int code = Failures.OK;
    if (listSettings) {
      SettingTable.lines().forEach(out::println);
    } else if (all) {
      check();
      PrintWriter notes = spec.commandLine().getErr();
      code =
          VerificationReport.print(
              out,
              new Replay(RecordStore.of(kafka.settings()))
                  .verifyAll(
                      note -> {
                        notes.println(note);
                        notes.flush();
                      },
                      applicationId));
    } else {
      check();
      Request request = request();
      RecordStore store = records.store(kafka);
      Replay replay = new Replay(store);
      runIds = runIds.isEmpty() ? records.runIds(store) : runIds.stream().distinct().toList();
      replay.requireRecorded(runIds);
      code =
          set.given()
              ? whatIf(replay, request.range(), request.settings(), out)
              : plain(replay, request.range(), out);
    }
    out.flush();
    return code;
  }

  @Override
  public void check() {
    if (listSettings) {
      return;
    }
    if (all) {
      boolean chosen = !runIds.isEmpty() || fromStep != null || toStep != null;
      if (!verify || set.given() || chosen || records.isFile()) {
        throw new IllegalArgumentException(
            "--all goes with --verify, and without --run, --file, --set, --from-step and"
                + " --to-step");
      }
      return;
    }
    if (runIds.isEmpty() && !records.isFile()) {
      throw new IllegalArgumentException(
          "no run is named; give --run ID, ./brink runs lists the ids");
    }
    if (verify && set.given()) {
      throw new IllegalArgumentException(
          "--verify compares with the record and --set with other settings; leave one out");
    }
    if (json && !set.given()) {
      throw new IllegalArgumentException(
          "--json prints the comparison that --set makes; add --set");
    }
    for (String runId : runIds) {
      requireRunId(runId);
    }
    Request ignored = request();
  }

  private Request request() {
    return new Request(new StepRange(fromStep, toStep), set.settings());
  }

  private record Request(StepRange range, FoldSettings settings) {}

  private static void requireRunId(String runId) {
    int length = runId.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > RunState.MAX_RUN_ID_BYTES) {
      throw new IllegalArgumentException(
          "--run takes the id of a run, of 1 to %d bytes, not of %d"
              .formatted(RunState.MAX_RUN_ID_BYTES, length));
    }
  }

  private int plain(Replay replay, StepRange range, PrintWriter out) {
    int worst = Failures.OK;
    for (String runId : runIds) {
      worst = Math.max(worst, plain(replay, runId, range, out));
    }
    return worst;
  }

  private int plain(Replay replay, String runId, StepRange range, PrintWriter out) {
    RecordedSettings recorded = replay.recordedSettings(runId);
    Replayed replayed = replay.replay(runId, recorded.settings());
    if (runIds.size() > 1) {
      out.println("run " + Printable.of(runId));
    }
    range.of(replayed.changes()).forEach(change -> out.println(RegimeSentence.of(change)));
    out.println(
        "%d records replayed with %s, %d findings about them"
            .formatted(
                replayed.records(),
                SettingOptions.describe(replayed.settings()),
                replayed.rejected().size()));
    if (replayed.missing() != null) {
      out.println(replayed.missing());
    }
    if (recorded.caveat() != null) {
      out.println(Printable.of(recorded.caveat()));
    }
    if (!verify) {
      return Failures.OK;
    }
    int verdicts = VerificationReport.print(out, replay.verify(replayed, range, applicationId));
    return Math.max(verdicts, VerificationReport.print(out, replay.checkGradients(runId)));
  }

  private int whatIf(Replay replay, StepRange range, FoldSettings changed, PrintWriter out) {
    JsonArray array = new JsonArray();
    for (String runId : runIds) {
      RecordedSettings recorded = replay.recordedSettings(runId);
      WhatIf whatIf = replay.whatIf(runId, recorded.settings(), changed, range);
      Verification record = replay.verify(whatIf.baseline(), StepRange.ALL, applicationId);
      if (json) {
        array.add(WhatIfJson.of(whatIf, record));
      } else {
        out.print(runId.equals(runIds.getFirst()) ? "" : System.lineSeparator());
        print(recorded, record, whatIf, out);
      }
    }
    if (json) {
      out.println(array);
    }
    return Failures.OK;
  }

  private static void print(
      RecordedSettings recorded, Verification record, WhatIf whatIf, PrintWriter out) {
    out.println("run       " + Printable.of(whatIf.baseline().runId()));
    out.println("baseline  " + SettingOptions.describe(whatIf.baseline().settings()));
    out.println("changed   " + SettingOptions.describe(whatIf.changed().settings()));
    out.println("record    " + VerificationReport.asBaseline(record));
    if (recorded.caveat() != null) {
      out.println("          " + Printable.of(recorded.caveat()));
    }
    out.println();
    new WhatIfText(whatIf).lines().forEach(out::println);
  }
}
