package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.ProgramProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitor that stood still says of nobody that he was silent. */
@Tag("faults")
final class MonitorSuspendedFaultsIT {
  private static final List<String> RUNS = List.of("one", "two", "three");

  @TempDir Path folder;

  @Test
  void monitor_suspendedForLongerThanSilenceTakes_callsNoLiveRunStalled() throws Exception {
    Duration silence = FaultPace.seconds(60);
    Duration suspension = FaultPace.seconds(80);
    double rate = Stage.STEPS / (30.0 + suspension.toSeconds());
    try (Stage stage = Stage.of(folder, 1)) {
      Stage.WatchingMonitor monitor =
          stage.monitor("monitor", "--stalled-after", FaultPace.option(silence));
      List<ProgramProcess> trainers = new ArrayList<>();
      for (String run : RUNS) {
        trainers.add(stage.trainer(run, "--rate", Double.toString(rate)));
      }
      for (String run : RUNS) {
        Stage.awaitStep(monitor.page(), run, 100);
      }
      monitor.process().suspend();
      Waiting.forAbout(suspension);
      monitor.process().resume();
      for (int i = 0; i < RUNS.size(); i++) {
        stage.awaitCompletion(trainers.get(i), RUNS.get(i));
        Stage.awaitEnd(monitor.page(), RUNS.get(i));
      }

      Verdicts undisturbed = stage.undisturbed(monitor.page());
      for (String run : RUNS) {
        assertThat(Verdicts.of(stage.servers(), run)).isEqualTo(undisturbed);
        stage.assertUntouched(run, undisturbed);
      }
    }
  }
}
