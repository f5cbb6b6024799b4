package brink.monitor.cli;

import brink.cli.KafkaOptions;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.records.RunEnding;
import brink.monitor.records.RunEnding.Trace;
import brink.v1.RunStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink end}. */
@Command(
    name = "end",
    mixinStandardHelpOptions = true,
    description = {
      "Ends a run whose trainer died, so that it is no longer waited for and its alert on silence"
          + " ends.",
      "The end names the last step that Kafka has. Steps that come after all take it back."
    })
public final class EndCommand implements Callable<Integer> {
  /** A trainer of which nothing was heard for so long is dead, or far from here. */
  private static final Duration ALIVE = Duration.ofSeconds(60);

  private static final InstantSource CLOCK = InstantSource.system();

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--run", required = true, paramLabel = "ID", description = "The run.")
  private String runId = "";

  @Option(
      names = "--as",
      paramLabel = "HOW",
      defaultValue = "failed",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private How how = How.failed;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "ended by hand: its trainer is gone",
      description = "One sentence for people (default: '${DEFAULT-VALUE}').")
  private String reason = "";

  @Option(names = "--force", description = "Even if a step came within the last minute.")
  private boolean force;

  /** How it ended, named as it is typed. */
  enum How {
    failed(RunStatus.RUN_STATUS_FAILED),
    stopped(RunStatus.RUN_STATUS_STOPPED);

    private final RunStatus status;

    How(RunStatus status) {
      this.status = status;
    }
  }

  @Override
  public Integer call() throws Exception {
    return Failures.guard(
        spec,
        () -> {
          RunEnding ending = new RunEnding(kafka.settings(), CLOCK);
          Optional<RunEntry> open = ending.open(runId);
          if (open.isEmpty()) {
            throw new NoSuchElementException(
                "no run '%s' goes on; ./brink runs --status running,silent lists those that do"
                    .formatted(runId));
          }
          Trace trace = ending.trace(runId);
          Duration age = trace.age(CLOCK);
          if (!force && age.compareTo(ALIVE) < 0) {
            throw new IllegalArgumentException(
                "run '%s' published step %s %d s ago; stop its trainer first, or --force"
                    .formatted(runId, trace.step(), age.toSeconds()));
          }
          ending.end(runId, trace, how.status, reason);
          PrintWriter out = spec.commandLine().getOut();
          out.println(
              "run %s ended as %s; its last step is %s"
                  .formatted(runId, how, trace.step() == null ? "none" : trace.step().toString()));
          out.flush();
          return Failures.OK;
        });
  }
}
