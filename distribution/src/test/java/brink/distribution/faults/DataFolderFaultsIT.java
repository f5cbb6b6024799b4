package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.FreePort;
import brink.distribution.Main;
import brink.distribution.Program;
import brink.distribution.ProgramProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that cannot write says so, and nothing that it acknowledged is lost. */
@Tag("faults")
final class DataFolderFaultsIT {
  /**
   * No file may be larger than this, kB, which is for a broker as a full disk is: a write that
   * fails. Its index files are 10 MiB from the start.
   */
  private static final int LARGEST_FILE = 11 << 10;

  private static final List<String> FULL_DISK =
      List.of("bash", "-c", "ulimit -f " + LARGEST_FILE + "; exec \"$@\"", "bash");

  /** Gradients of some twenty kB a step, which fill such a file soon. */
  private static final List<String> LARGE =
      List.of(
          "--problem", "mlp-bn", "--hidden", "64,64", "--gradients-every", "1", "--steps", "2000");

  @TempDir Path folder;

  @Test
  void diskFull_atTheBroker_endsItAndTheRunGoesOnAfterwards() throws Exception {
    KafkaCluster cluster = KafkaCluster.notStarted(folder, 1, FULL_DISK);
    try (cluster) {
      cluster.startAll();
      List<String> arguments =
          new ArrayList<>(
              List.of("train", "-b", cluster.bootstrapServers(), "--run-id", "disturbed"));
      arguments.addAll(LARGE);
      Path log = folder.resolve("trainer.log");
      try (ProgramProcess trainer = ProgramProcess.start(log, arguments.toArray(String[]::new))) {
        await().atMost(Stage.PATIENCE).until(() -> !cluster.isAlive(1));
        assertThat(trainer.isAlive()).withFailMessage(() -> text(log)).isTrue();
        cluster.kill(1);
        cluster.start(1);
        assertThat(trainer.await(Stage.PATIENCE)).withFailMessage(() -> text(log)).isZero();
      }
      Verdicts.assertComplete(cluster.bootstrapServers(), "disturbed", 2_000);
    }
  }

  @Test
  void diskFull_underTheDemo_saysSoAndTheNextDemoGoesOn() throws Exception {
    Path data = folder.resolve("runs");
    Path log = folder.resolve("demo.log");
    try (ProgramProcess demo =
        ProgramProcess.start(log, Map.of(), FULL_DISK, Main.class, demo(data, FreePort.find()))) {
      assertThat(demo.await(Stage.PATIENCE)).isNotZero();
      assertThat(text(log)).contains("the embedded broker gave up", "check the free space");
    }
    Program.Result next =
        Program.run(
            "demo",
            "--data-dir",
            data.toString(),
            "--port",
            FreePort.find(),
            "--http-port",
            "0",
            "--exit",
            "--steps",
            "300");
    assertThat(next.exitCode()).withFailMessage(next.err()).isZero();
    Program.Result runs = Program.run("runs", "--json", "--data-dir", data.toString());
    assertThat(runs.out()).contains("FAILED", "COMPLETED");
  }

  @Test
  void dataFolder_readOnly_isNamed() throws Exception {
    Path data = Files.createDirectory(folder.resolve("read-only"));
    try (ReadOnly _ = new ReadOnly(data)) {
      Program.Result demo = Program.run(demo(data, FreePort.find()));
      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.err()).contains("cannot write to " + data, "use another --data-dir");
    }
  }

  @Test
  void port_taken_isNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Program.Result demo = Program.run(demo(folder.resolve("runs"), port));
      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.err()).contains("port " + port + " is taken; use --port N");
    }
  }

  private static String[] demo(Path data, String port) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "demo",
                "--exit",
                "--data-dir",
                data.toString(),
                "--port",
                port,
                "--http-port",
                "0"));
    arguments.addAll(LARGE);
    return arguments.toArray(String[]::new);
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
