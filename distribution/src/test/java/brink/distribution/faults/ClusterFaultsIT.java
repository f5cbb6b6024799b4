package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.Program;
import brink.distribution.ProgramProcess;
import brink.schemas.Topic;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of three that loses a node loses nothing of the runs that go on. */
@Tag("faults")
final class ClusterFaultsIT {
  private static final int NODES = 3;
  private static final int RUNS = 4;
  private static final int MANY = 20;

  @TempDir Path folder;

  @Test
  void leaderOfASteps_killed_losesNothing() throws Exception {
    disturb(
        stage ->
            bounce(
                stage, cluster -> cluster.leader(new TopicPartition(Topic.STEPS.topicName(), 0))));
  }

  @Test
  void activeController_killed_losesNothing() throws Exception {
    disturb(stage -> bounce(stage, KafkaCluster::controller));
  }

  @Test
  void allNodes_killedInTurn_loseNothing() throws Exception {
    disturb(
        stage -> {
          for (int node = 1; node <= NODES; node++) {
            int id = node;
            bounce(stage, _ -> id);
          }
        });
  }

  /** Leaders on three nodes answer in no order, and the machine has more to do than it can. */
  @Test
  void manyRuns_startedAtOnceAtFullSpeed_haveTheVerdictsOfOneAlone() throws Exception {
    try (Stage stage = Stage.of(folder, NODES)) {
      Stage.WatchingMonitor monitor = stage.monitor("monitor");
      Map<String, CompletableFuture<Program.Result>> runs = new LinkedHashMap<>();
      for (int run = 0; run < MANY; run++) {
        runs.put("run-" + run, stage.trainerHere("run-" + run));
      }
      for (Map.Entry<String, CompletableFuture<Program.Result>> run : runs.entrySet()) {
        assertThat(run.getValue().join().exitCode()).isZero();
        Stage.awaitEnd(monitor.page(), run.getKey());
      }
      Verdicts undisturbed = stage.undisturbed(monitor.page());
      stage.assertUntouched(runs.keySet(), undisturbed);
    }
  }

  /** What happens to a stage. */
  private interface Disturbance {
    void happen(Stage stage) throws Exception;
  }

  private void disturb(Disturbance disturbance) throws Exception {
    try (Stage stage = Stage.of(folder, NODES)) {
      Stage.WatchingMonitor monitor = stage.monitor("monitor");
      Map<String, ProgramProcess> trainers = new LinkedHashMap<>();
      for (int run = 0; run < RUNS; run++) {
        trainers.put("run-" + run, stage.trainer("run-" + run, "--rate", "100"));
      }
      for (String run : trainers.keySet()) {
        Stage.awaitStep(monitor.page(), run, 100);
      }
      disturbance.happen(stage);
      for (Map.Entry<String, ProgramProcess> run : trainers.entrySet()) {
        stage.awaitCompletion(run.getValue(), run.getKey());
        Stage.awaitEnd(monitor.page(), run.getKey());
      }
      Verdicts undisturbed = stage.undisturbed(monitor.page());
      for (String run : trainers.keySet()) {
        stage.assertUntouched(run, undisturbed);
      }
      Program.Result doctor = Program.run("doctor", "-b", stage.servers());
      assertThat(doctor.out()).doesNotContain("WARN  brink.", "FAIL");
    }
  }

  private static void bounce(Stage stage, ToIntFunction<KafkaCluster> choice) throws Exception {
    KafkaCluster cluster = stage.cluster();
    await().atMost(Stage.PATIENCE).ignoreExceptions().until(cluster::isInSync);
    int node = choice.applyAsInt(cluster);
    cluster.kill(node);
    cluster.start(node);
    await().atMost(Stage.PATIENCE).ignoreExceptions().until(cluster::isInSync);
  }
}
