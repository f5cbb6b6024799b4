package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.ProgramProcess;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitor that is killed at any moment goes on where its last transaction ended. */
@Tag("faults")
final class MonitorKilledFaultsIT {
  private static final int KILLS = 20;

  /** Enough for each life of the monitor to see some of the run. */
  private static final int STEPS_BETWEEN = Stage.STEPS / (KILLS + 4);

  @TempDir Path folder;

  @Test
  void monitor_killedAtRandomMoments_saysWhatAnUndisturbedOneSays() throws Exception {
    int kills = FaultPace.times(KILLS);
    Random random = new Random(12);
    try (Stage stage = Stage.of(folder, 1)) {
      Stage.WatchingMonitor monitor = stage.monitor("monitor-0", "--instance-id", "only");
      ProgramProcess trainer = stage.trainer("disturbed", "--rate", "30");
      long step = 0;
      for (int kill = 1; kill <= kills; kill++) {
        step += 1 + random.nextInt(2 * STEPS_BETWEEN);
        Stage.awaitStep(monitor.page(), "disturbed", Math.min(step, Stage.STEPS - 1));
        monitor.process().kill();
        monitor = stage.monitor("monitor-" + kill, "--instance-id", "only");
      }
      stage.awaitCompletion(trainer, "disturbed");
      Stage.awaitEnd(monitor.page(), "disturbed");

      Verdicts undisturbed = stage.undisturbed(monitor.page());
      assertThat(undisturbed.regimes()).hasSizeGreaterThan(2);
      stage.assertUntouched("disturbed", undisturbed);
    }
  }
}
