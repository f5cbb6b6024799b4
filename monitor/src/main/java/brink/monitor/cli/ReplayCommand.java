package brink.monitor.cli;

import brink.monitor.MonitorSettings;
import brink.monitor.replay.Replay;
import brink.monitor.replay.Replayed;
import brink.monitor.replay.StepRange;
import brink.monitor.replay.Verification;
import brink.monitor.replay.Verification.Behind;
import brink.monitor.replay.Verification.Different;
import brink.monitor.replay.Verification.Same;
import brink.monitor.web.Json;
import brink.schemas.cli.KafkaOptions;
import brink.v1.RegimeChanged;
import java.io.PrintWriter;
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
      "Re-reads a run from Kafka through the monitor's topology into fresh state.",
      "A run is replayed from its start; --from-step and --to-step choose the verdicts to show."
    })
public final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--run", required = true, paramLabel = "ID", description = "The run.")
  private String runId = "";

  @Option(names = "--from-step", paramLabel = "N", description = "First step of interest.")
  private @Nullable Long fromStep;

  @Option(names = "--to-step", paramLabel = "M", description = "Last step of interest.")
  private @Nullable Long toStep;

  @Option(
      names = "--verify",
      description = "Compare with the recorded verdicts, bit for bit; exit 1 on any difference.")
  private boolean verify;

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
    StepRange range = new StepRange(fromStep, toStep);
    Replay replay = new Replay(kafka.settings());
    Replayed replayed = replay.replay(runId);
    PrintWriter out = spec.commandLine().getOut();
    range.of(replayed.changes()).forEach(change -> out.println(RegimeSentence.of(change)));
    out.println(
        "%d records replayed, %d findings about them"
            .formatted(replayed.records(), replayed.rejected().size()));
    int code = verify ? report(out, replay.verify(replayed, range, applicationId)) : Failures.OK;
    out.flush();
    return code;
  }

  private static int report(PrintWriter out, Verification verification) {
    return switch (verification) {
      case Same(int changes) -> {
        out.println("verified: all %d recorded regime changes are the same".formatted(changes));
        yield Failures.OK;
      }
      case Behind(int recorded, int replayed, long records) -> {
        out.println(
            "not verified: the monitor has %d of %d regime changes and is %d records behind; run ./brink monitor, and this again when it has caught up"
                .formatted(recorded, replayed, records));
        yield Failures.FAILED;
      }
      case Different(int index, var recorded, var replayed) -> {
        out.println("DIFFERENT: regime change %d".formatted(index + 1));
        out.println("  recorded: " + describe(recorded));
        out.println("  replayed: " + describe(replayed));
        yield Failures.FAILED;
      }
    };
  }

  private static String describe(@Nullable RegimeChanged change) {
    return change == null ? "none" : Json.line(change);
  }
}
