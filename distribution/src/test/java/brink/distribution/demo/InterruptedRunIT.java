package brink.distribution.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.FreePort;
import brink.distribution.Monitor;
import brink.distribution.Program;
import brink.distribution.ProgramProcess;
import brink.monitor.catalogue.RunEntry;
import brink.v1.RunEnded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run whose process ended before it did. */
final class InterruptedRunIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String RUN = "cut-short";

  @TempDir Path data;
  @TempDir Path logs;

  @Test
  void demo_afterAKillInMidRun_marksTheRunAndItsReplayVerifies() throws IOException {
    long seen = runUntilSeen(ProgramProcess::kill);

    String httpPort = FreePort.find();
    CompletableFuture<Program.Result> next =
        Demos.start(data, httpPort, "next", "--exit", "--steps", "2000", "--rate", "200");
    try (Monitor monitor = new Monitor(httpPort)) {
      await().atMost(PATIENCE).until(() -> monitor.isAt(RUN, "REGIME_ENDED"));
    }
    assertThat(next.join().exitCode()).isZero();

    RunEntry run = stored();
    assertThat(run.status()).isEqualTo(RunEntry.Status.FAILED);
    assertThat(ended(run).getReason()).startsWith("interrupted");
    assertThat(ended(run).getLastStep()).isGreaterThanOrEqualTo(seen);
    Program.Result replay =
        Program.run("replay", "--run", RUN, "--verify", "--data-dir", data.toString());
    assertThat(replay.out()).contains("verified");
    assertThat(replay.exitCode()).isZero();
  }

  @Test
  void demo_afterAKillInTheRunOfAnotherTrainer_leavesItOpen() throws IOException {
    runUntilSeen(ProgramProcess::kill);
    OwnRun own = new OwnRun(data.resolve("brink-demo.run"));
    assertThat(own.interrupted()).contains(RUN);
    own.end(); // as if the trainer had been another process, which may come back

    String httpPort = FreePort.find();
    assertThat(Demos.start(data, httpPort, "next", "--exit", "--steps", "200").join().exitCode())
        .isZero();

    assertThat(stored().ended()).isNull();
    assertThat(own.interrupted()).isEmpty();
  }

  @Test
  void demo_askedToEndInMidRun_marksTheRunAsStoppedAndEnds() throws IOException {
    long seen = runUntilSeen(process -> assertThat(process.terminate(PATIENCE)).isTrue());

    RunEntry run = stored();
    assertThat(run.status()).isEqualTo(RunEntry.Status.STOPPED);
    assertThat(ended(run).getReason()).isEqualTo("stopped by a signal");
    assertThat(ended(run).getLastStep()).isGreaterThanOrEqualTo(seen);
  }

  /** The last step that the monitor showed before the end. */
  private long runUntilSeen(ProcessEnd end) throws IOException {
    String httpPort = FreePort.find();
    try (ProgramProcess process =
            ProgramProcess.start(
                logs.resolve("demo.log"), Demos.arguments(data, httpPort, RUN, "--rate", "500"));
        Monitor monitor = new Monitor(httpPort)) {
      await()
          .atMost(PATIENCE)
          .failFast("the demo ended, see its log", () -> !process.isAlive())
          .until(() -> monitor.lastStep(RUN) >= 100);
      long seen = monitor.lastStep(RUN);
      end.of(process);
      return seen;
    }
  }

  private RunEntry stored() {
    try (StoredDemo demo = StoredDemo.open(data)) {
      return demo.run(RUN);
    }
  }

  private static RunEnded ended(RunEntry run) {
    return Objects.requireNonNull(run.ended());
  }

  /** How a process is ended. */
  private interface ProcessEnd {
    void of(ProgramProcess process);
  }
}
