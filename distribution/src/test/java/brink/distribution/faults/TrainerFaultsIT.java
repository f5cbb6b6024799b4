package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.ProgramProcess;
import brink.v1.Regime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that ends early or stands still leaves one run, without a gap and without a repeat. */
@Tag("faults")
final class TrainerFaultsIT {
  private static final String RUN = "disturbed";
  private static final Duration SILENCE = FaultPace.seconds(60);

  @TempDir Path folder;

  @Test
  void trainer_killedAndResumed_isOneRunThatStalledOnce() throws Exception {
    endAndResume(ProgramProcess::kill, "REGIME_STALLED", 1);
  }

  @Test
  void trainer_terminatedAndResumed_isOneRunThatNeverStalled() throws Exception {
    endAndResume(
        trainer -> assertThat(trainer.terminate(Stage.PATIENCE)).isTrue(), "REGIME_ENDED", 0);
  }

  @Test
  void trainer_suspended_isOneRunThatStalledOnce() throws Exception {
    try (Stage stage = Stage.of(folder, 1)) {
      Stage.WatchingMonitor monitor = monitor(stage);
      ProgramProcess trainer = stage.trainer(RUN, "--rate", "200");
      Stage.awaitStep(monitor.page(), RUN, 300);
      trainer.suspend();
      Waiting.forAbout(FaultPace.seconds(90));
      await().atMost(Stage.PATIENCE).until(() -> monitor.page().isAt(RUN, "REGIME_STALLED"));
      trainer.resume();
      check(stage, monitor, trainer, 1);
    }
  }

  private void endAndResume(Consumer<ProgramProcess> end, String regime, int stalls)
      throws Exception {
    try (Stage stage = Stage.of(folder, 1)) {
      Stage.WatchingMonitor monitor = monitor(stage);
      String checkpoints = folder.resolve("checkpoints").toString();
      ProgramProcess first =
          stage.trainer(
              RUN, "--rate", "200", "--checkpoint-dir", checkpoints, "--checkpoint-every", "100");
      Stage.awaitStep(monitor.page(), RUN, 300);
      end.accept(first);
      await().atMost(Stage.PATIENCE).until(() -> monitor.page().isAt(RUN, regime));
      check(stage, monitor, stage.resumed(RUN, checkpoints, "--rate", "400"), stalls);
    }
  }

  private static Stage.WatchingMonitor monitor(Stage stage) throws Exception {
    return stage.monitor("monitor", "--stalled-after", FaultPace.option(SILENCE));
  }

  private static void check(
      Stage stage, Stage.WatchingMonitor monitor, ProgramProcess trainer, int stalls)
      throws Exception {
    stage.awaitCompletion(trainer, RUN);
    Stage.awaitEnd(monitor.page(), RUN);
    Verdicts verdicts = Verdicts.of(stage.servers(), RUN);
    assertThat(verdicts.times(Regime.REGIME_STALLED)).isEqualTo(stalls);
    assertThat(verdicts.withoutInterruptions()).isEqualTo(stage.undisturbed(monitor.page()));
    Verdicts.assertComplete(stage.servers(), RUN, Stage.STEPS);
    stage.assertReplayed(RUN);
  }
}
