package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitor that has seen many runs is as large as one that has seen a few. */
@Tag("faults")
final class SoakFaultsIT {
  private static final int RUNS = 30;

  /** The meters of a run outlive it by five minutes. */
  private static final Duration METERS_LEAVE = Duration.ofMinutes(8);

  @TempDir Path folder;

  /**
   * What a process takes.
   *
   * @param heap bytes in use after a collection
   * @param resident bytes of memory, heap and everything else
   * @param descriptors open files and sockets
   * @param threads of the operating system
   * @param series lines of the metrics page without those of Kafka's clients, which come and go
   */
  private record Footprint(
      double heap, long resident, long descriptors, long threads, long series) {}

  @Test
  void monitor_afterManyRuns_takesWhatItTookAfterAFew() throws Exception {
    int runs = FaultPace.times(RUNS);
    try (Stage stage = Stage.of(folder, 1)) {
      Stage.WatchingMonitor monitor = stage.monitor("monitor");
      int few = Math.max(1, runs / 3);
      train(stage, monitor, 0, few);
      Footprint early = settled(monitor);
      train(stage, monitor, few, runs);
      Footprint late = settled(monitor);
      System.out.printf("early %s%nlate  %s%n", early, late);
      assertThat(late.series()).isEqualTo(early.series());
      // client threads and connections of the last seconds come and go
      assertThat(late.threads()).isLessThanOrEqualTo(early.threads() + 3);
      assertThat(late.descriptors()).isLessThanOrEqualTo(early.descriptors() + 10);
      // an ended run leaves a line in the catalogue and a marker in the state, some kB each
      double growth = 64e3 * runs;
      assertThat(late.heap()).isLessThan(early.heap() + growth + 4e6);
      // a collector gives memory back when it likes: a fifth more is no growth that lasts
      assertThat((double) late.resident()).isLessThan(1.2 * early.resident());
    }
  }

  private static void train(Stage stage, Stage.WatchingMonitor monitor, int first, int end)
      throws IOException, InterruptedException {
    for (int run = first; run < end; run++) {
      ProgramProcess trainer = stage.trainer("soak-" + run);
      stage.awaitCompletion(trainer, "soak-" + run);
      Stage.awaitEnd(monitor.page(), "soak-" + run);
    }
  }

  private static Footprint settled(Stage.WatchingMonitor monitor) throws Exception {
    await()
        .atMost(METERS_LEAVE)
        .pollInterval(Duration.ofSeconds(5))
        .until(() -> !monitor.page().metrics().contains("run=\"soak-"));
    long pid = monitor.process().pid();
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    assertThat(
            new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor())
        .isZero();
    String page = monitor.page().metrics();
    return new Footprint(
        page.lines()
            .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum(),
        1_024 * status(pid, "VmRSS:"),
        descriptors(pid),
        status(pid, "Threads:"),
        page.lines().filter(line -> line.startsWith("brink_")).count());
  }

  private static long descriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.count();
    }
  }

  private static long status(long pid, String key) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }
}
