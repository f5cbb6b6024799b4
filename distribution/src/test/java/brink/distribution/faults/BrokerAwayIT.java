package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.ProgramProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Without a broker training goes on as long as its buffer takes records, waits, and goes on; every
 * step arrives once and in order, whatever the outage's length.
 */
@Tag("faults")
final class BrokerAwayIT {
  private static final String RUN = "disturbed";
  private static final Pattern LEFT_BEHIND = Pattern.compile("go on with --resume (\\S+)");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {20, 60, 150, 900})
  void broker_killedAndBack_hasEveryStepInOrder(int seconds) throws Exception {
    beAway(FaultPace.seconds(seconds));
  }

  @Test
  void broker_killedAndBackAtOnce_hasEveryStepInOrder() throws Exception {
    beAway(Duration.ofSeconds(5));
  }

  @Test
  void broker_notThereAtTheStart_isWaitedFor() throws Exception {
    try (Stage stage = Stage.withoutBroker(folder)) {
      ProgramProcess trainer = stage.trainer(RUN);
      await()
          .atMost(Stage.PATIENCE)
          .until(() -> stage.log(RUN).contains("no broker answers at " + stage.servers()));
      stage.cluster().startAll();
      stage.awaitCompletion(trainer, RUN);
      assertThat(stage.log(RUN)).contains("a broker answers at " + stage.servers());
      Verdicts.assertComplete(stage.servers(), RUN, Stage.STEPS);
    }
  }

  @Test
  void outage_beyondItsLimit_endsTheRunWhichGoesOnFromWhatItLeft() throws Exception {
    try (Stage stage = Stage.of(folder, 1)) {
      Stage.WatchingMonitor monitor = stage.monitor("monitor");
      ProgramProcess trainer = stage.trainer(RUN, "--rate", "100", "--outage-limit", "20s");
      Stage.awaitStep(monitor.page(), RUN, 300);
      stage.cluster().kill(1);
      assertThat(trainer.await(Stage.PATIENCE)).isEqualTo(1);
      assertThat(stage.log(RUN)).contains("the run stops and leaves a checkpoint of step");
      Matcher checkpoint = LEFT_BEHIND.matcher(stage.log(RUN));
      assertThat(checkpoint.find()).withFailMessage(() -> stage.log(RUN)).isTrue();

      stage.cluster().start(1);
      stage.awaitCompletion(stage.resumed(RUN, checkpoint.group(1)), RUN);
      Verdicts.assertComplete(stage.servers(), RUN, Stage.STEPS);
    }
  }

  @Test
  void trainer_terminatedDuringAnOutage_leavesACheckpointToo() throws Exception {
    try (Stage stage = Stage.of(folder, 1)) {
      Stage.WatchingMonitor monitor = stage.monitor("monitor");
      ProgramProcess trainer = stage.trainer(RUN, "--rate", "100");
      Stage.awaitStep(monitor.page(), RUN, 300);
      stage.cluster().kill(1);
      assertThat(trainer.terminate(Stage.PATIENCE)).isTrue();
      Matcher checkpoint = LEFT_BEHIND.matcher(stage.log(RUN));
      assertThat(checkpoint.find()).withFailMessage(() -> stage.log(RUN)).isTrue();

      stage.cluster().start(1);
      stage.awaitCompletion(stage.resumed(RUN, checkpoint.group(1)), RUN);
      Verdicts.assertComplete(stage.servers(), RUN, Stage.STEPS);
    }
  }

  private void beAway(Duration outage) throws Exception {
    try (Stage stage = Stage.of(folder, 1)) {
      Stage.WatchingMonitor monitor = stage.monitor("monitor");
      ProgramProcess trainer = stage.trainer(RUN, "--rate", "200");
      Stage.awaitStep(monitor.page(), RUN, 300);
      stage.cluster().kill(1);
      Waiting.forAbout(outage);
      assertThat(trainer.isAlive()).withFailMessage(() -> stage.log(RUN)).isTrue();
      stage.cluster().start(1);
      stage.awaitCompletion(trainer, RUN);
      Stage.awaitEnd(monitor.page(), RUN);
      stage.assertUntouched(RUN, stage.undisturbed(monitor.page()));
    }
  }
}
