package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Monitors share the runs, come and go, and each run is watched by one of them.
 *
 * <p>All of it has to happen while the runs go on: the meters of a run that has ended do not move
 * to another instance.
 */
@Tag("faults")
final class InstancesFaultsIT {
  private static final int RUNS = 20;

  /**
   * As many times as long as a monitor takes to start: two more starts, and three times sharing.
   */
  private static final int STARTS = 12;

  private static final Duration SHORTEST = Duration.ofSeconds(160);

  @TempDir Path folder;

  @Test
  void instances_oneThreeOne_sayWhatASingleOneSays() throws Exception {
    try (Stage stage = Stage.of(folder, 1)) {
      long begin = System.nanoTime();
      Stage.WatchingMonitor first = stage.monitor("first");
      await().atMost(Stage.PATIENCE).until(() -> first.page().isReady());
      String rate = rate(Duration.ofNanos(System.nanoTime() - begin));
      Map<String, CompletableFuture<Program.Result>> runs = new LinkedHashMap<>();
      for (int i = 0; i < RUNS; i++) {
        runs.put("run-" + i, stage.trainerHere("run-" + i, "--rate", rate));
      }
      awaitWatched(runs, first);
      Stage.WatchingMonitor second = stage.monitor("second");
      Stage.WatchingMonitor third = stage.monitor("third");
      awaitShared(runs, first, second, third);
      awaitWatched(runs, first, second, third);

      second.process().kill();
      report("kill -9 of one of three", withoutMetrics(runs, first, third));
      assertThat(third.process().terminate(Stage.PATIENCE)).isTrue();
      report("SIGTERM of one of two", withoutMetrics(runs, first));

      for (Map.Entry<String, CompletableFuture<Program.Result>> run : runs.entrySet()) {
        assertThat(run.getValue().join().exitCode()).isZero();
        Stage.awaitEnd(first.page(), run.getKey());
      }
      Verdicts undisturbed = stage.undisturbed(first.page());
      stage.assertUntouched(runs.keySet(), undisturbed);
    }
  }

  /** So slow that the runs outlast what is done to their monitors, on a machine as busy as this. */
  private static String rate(Duration start) {
    Duration needed = start.multipliedBy(STARTS);
    Duration length = needed.compareTo(SHORTEST) > 0 ? needed : SHORTEST;
    return Double.toString(Stage.STEPS / (double) length.toSeconds());
  }

  private static void awaitWatched(
      Map<String, ? extends CompletableFuture<?>> runs, Stage.WatchingMonitor... monitors) {
    awaitWhileUnderWay(runs, () -> runs.keySet().stream().allMatch(watchedOnce(monitors)));
  }

  /** Until none of them is idle. */
  private static void awaitShared(
      Map<String, ? extends CompletableFuture<?>> runs, Stage.WatchingMonitor... monitors) {
    awaitWhileUnderWay(
        runs,
        () ->
            Stream.of(monitors)
                .allMatch(monitor -> monitor.page().metrics().contains("brink_step{run=")));
  }

  private static void awaitWhileUnderWay(
      Map<String, ? extends CompletableFuture<?>> runs, BooleanSupplier condition) {
    await()
        .atMost(Stage.PATIENCE)
        .until(
            () -> {
              assertThat(runs.values())
                  .withFailMessage("runs were over before their monitors had come and gone")
                  .noneMatch(CompletableFuture::isDone);
              return condition.getAsBoolean();
            });
  }

  private static Predicate<String> watchedOnce(Stage.WatchingMonitor... monitors) {
    List<String> pages = Stream.of(monitors).map(monitor -> monitor.page().metrics()).toList();
    return run ->
        pages.stream().filter(page -> page.contains("brink_step{run=\"" + run + "\"}")).count()
            == 1;
  }

  /** Time until every run has its meters again, on one instance. */
  private static Duration withoutMetrics(
      Map<String, ? extends CompletableFuture<?>> runs, Stage.WatchingMonitor... monitors) {
    long begin = System.nanoTime();
    awaitWatched(runs, monitors);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void report(String what, Duration gap) {
    System.out.printf("%s: some runs were %.1f s without metrics%n", what, gap.toMillis() / 1e3);
    List<String> tooLong = new ArrayList<>();
    // a killed instance is missed after its session of 10 s; its state is then restored
    if (gap.compareTo(Duration.ofMinutes(2)) > 0) {
      tooLong.add(what + ": " + gap);
    }
    assertThat(tooLong).isEmpty();
  }
}
