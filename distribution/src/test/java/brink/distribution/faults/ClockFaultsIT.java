package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clock of one process is set while it runs, and the others' is not. */
@Tag("faults")
final class ClockFaultsIT {
  private static final String RUN = "disturbed";

  /** Debian's package faketime. */
  private static final Path LIBRARY =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

  @TempDir Path folder;

  /** Whose clock it is. */
  enum Clock {
    TRAINER,
    MONITOR
  }

  @ParameterizedTest
  @EnumSource
  void clock_setAnHourAheadAndBackAndBehind_changesNothing(Clock clock) throws Exception {
    setClock("+0");
    try (Stage stage = Stage.of(folder, 1)) {
      Stage.WatchingMonitor monitor = stage.monitor("monitor", environment(clock, Clock.MONITOR));
      ProgramProcess trainer =
          stage.trainer(RUN, environment(clock, Clock.TRAINER), List.of(), "--rate", "150");
      Stage.awaitStep(monitor.page(), RUN, 300);
      setClock("+1h");
      Stage.awaitStep(monitor.page(), RUN, 900);
      setClock("+0");
      Stage.awaitStep(monitor.page(), RUN, 1_500);
      setClock("-1h");
      stage.awaitCompletion(trainer, RUN);
      Stage.awaitEnd(monitor.page(), RUN);
      stage.assertUntouched(RUN, stage.undisturbed(monitor.page()));
    }
  }

  @Test
  void clockOfTheTrainer_inTheYear2100_isNamedAtTheStart() throws Exception {
    try (Stage stage = Stage.of(folder, 1)) {
      setClock("+75y");
      ProgramProcess trainer = stage.trainer(RUN, faked(), List.of());
      assertThat(trainer.await(Stage.PATIENCE)).isEqualTo(1);
      assertThat(stage.log(RUN)).contains("set this machine's clock and the broker's");
    }
  }

  private Map<String, String> environment(Clock clock, Clock process) {
    return clock == process ? faked() : Map.of();
  }

  private Map<String, String> faked() {
    assertThat(LIBRARY).withFailMessage("install Debian's package faketime").exists();
    return Map.of(
        "LD_PRELOAD",
        LIBRARY.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        clock().toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "DONT_FAKE_MONOTONIC",
        "1",
        // timed waits of the JVM are by the monotonic clock, and spin without this
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "1");
  }

  private Path clock() {
    return folder.resolve("clock");
  }

  /** In one piece: the process reads it all the time. */
  private void setClock(String offset) throws IOException {
    Path next = Files.writeString(folder.resolve("clock.next"), offset + "\n");
    Files.move(next, clock(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
