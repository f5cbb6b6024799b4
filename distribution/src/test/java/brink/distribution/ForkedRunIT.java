package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.monitor.catalogue.TopicReader;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with other settings that begins where another one was. */
final class ForkedRunIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Where the parent's checkpoints end, and the fork begins. */
  private static final int FORK = 600;

  private static final int STEPS = 1_000;

  @TempDir Path folder;

  @Test
  void fork_withHalfTheLearningRate_isARunOfItsOwnThatNamesItsParent() throws IOException {
    try (BrokerAndMonitor both = BrokerAndMonitor.start(folder)) {
      String servers = both.servers();
      Monitor monitor = both.monitor();
      String checkpoints = folder.resolve("checkpoints").toString();
      train(
          servers,
          "--run-id",
          "parent",
          "--wd",
          "0.02",
          "--steps",
          "" + FORK,
          "--group",
          "both",
          "--checkpoint-dir",
          checkpoints);
      train(
          servers,
          "--resume",
          checkpoints,
          "--fork",
          "--run-id",
          "fork",
          "--lr",
          "0.25",
          "--steps",
          "" + STEPS);

      await().atMost(PATIENCE).until(() -> monitor.isAt("fork", "REGIME_ENDED"));
      JsonObject from =
          monitor.run("fork").getAsJsonObject("started").getAsJsonObject("resumed_from");
      assertThat(from.get("run_id").getAsString()).isEqualTo("parent");
      assertThat(from.get("step").getAsString()).isEqualTo("" + FORK);
      assertThat(monitor.lastStep("fork")).isEqualTo(STEPS - 1);
      check(servers);
      assertThat(both.isMonitorAlive()).isTrue();
    }
  }

  private static void check(String servers) {
    List<String> rows = export(servers, "fork");
    assertThat(rows).hasSize(1 + STEPS - FORK);
    assertThat(rows.get(1)).startsWith("fork," + FORK + ",");
    assertThat(export(servers, "parent").getLast()).startsWith("parent," + (FORK - 1) + ",");
    assertThat(Program.run("runs", "--wide", "--bootstrap-servers", servers).out())
        .contains("FORK OF", "parent@" + FORK);
    assertThat(Program.run("report", "--group", "both", "--bootstrap-servers", servers).out())
        .contains("FORK OF", "parent@" + FORK);
    assertThat(Program.run("report", "--run", "fork", "--bootstrap-servers", servers).out())
        .contains("fork of      parent@" + FORK)
        .doesNotContain("not known");
    Program.Result replay =
        Program.run("replay", "--verify", "--run", "fork", "--bootstrap-servers", servers);
    assertThat(replay.out()).contains("verified").doesNotContain("not in Kafka");
    assertThat(replay.exitCode()).isZero();
    try (TopicReader rejected = TopicReader.open(KafkaSettings.of(servers), Topic.REJECTED)) {
      rejected.readToEnd(
          record -> assertThat(record).withFailMessage("rejected: " + record).isNull());
    }
  }

  private static void train(String servers, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "train";
    all[1] = "--bootstrap-servers";
    all[2] = servers;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    Program.Result result = Program.run(all);
    assertThat(result.exitCode()).withFailMessage(result.err()).isZero();
  }

  private static List<String> export(String servers, String run) {
    return Program.run("export", "--run", run, "--bootstrap-servers", servers)
        .out()
        .lines()
        .toList();
  }
}
