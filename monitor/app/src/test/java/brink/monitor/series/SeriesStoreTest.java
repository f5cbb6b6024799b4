package brink.monitor.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.RunOutcome;
import brink.schemas.KafkaSetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesStoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Window ALL =
      new Window(Axis.STEP, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1_000, false);

  @TempDir Path folder;

  @Test
  void read_runThatGrows_goesOnFromWhereItWas() throws IOException {
    AtomicInteger steps = new AtomicInteger(10);
    try (SeriesStore store = MadeUpSource.store(folder, steps::get)) {
      assertThat(store.read(run("a"), PATIENCE).lastStep()).isEqualTo(9);

      steps.set(30);
      RunSeries run = store.read(run("a"), PATIENCE);
      while (run.lastStep() < 29) {
        run = store.read(run("a"), PATIENCE);
      }

      assertThat(run.complete()).isTrue();
    }
  }

  @Test
  void read_longRun_keepsItInAFileThatGoesWithTheStore() throws IOException {
    try (SeriesStore store = MadeUpSource.store(folder, () -> 100_000)) {
      RunSeries run = store.read(run("a"), PATIENCE);

      assertThat(run.series(List.of("loss"), ALL).get("loss"))
          .satisfies(drawn -> assertThat(drawn.count()).isEqualTo(100_000));
      assertThat(run.heapBytes()).isLessThan(4 << 20);
      assertThat(run.bytes()).isGreaterThan(4 << 20);
      assertThat(files()).isEqualTo(1);
    }
    assertThat(files()).isZero();
  }

  @Test
  void open_afterAKill_removesWhatWasLeft() throws IOException {
    Files.writeString(folder.resolve("7.series"), "left");

    MadeUpSource.store(folder, () -> 1).close();

    assertThat(files()).isZero();
  }

  @Test
  void read_longerThanThePatience_answersWithWhatThereIs() throws Exception {
    CountDownLatch more = new CountDownLatch(1);
    RunSource slow = source((run, _) -> more.await());
    try (SeriesStore store = new SeriesStore(folder, () -> slow)) {
      RunSeries run = store.read(run("a"), Duration.ofMillis(10));

      assertThat(run.complete()).isFalse();
      more.countDown();
    }
  }

  @Test
  void read_afterAFailure_saysItAndBeginsAnew() throws IOException {
    AtomicBoolean fails = new AtomicBoolean(true);
    RunSource source =
        source(
            (run, _) -> {
              if (fails.get()) {
                throw new IllegalStateException("no broker");
              }
              run.readUpTo(1, true);
            });
    try (SeriesStore store = new SeriesStore(folder, () -> source)) {
      assertThatThrownBy(() -> store.read(run("a"), PATIENCE))
          .isInstanceOf(KafkaSetupException.class)
          .hasMessageContaining("no broker");

      fails.set(false);
      assertThat(store.read(run("a"), PATIENCE).complete()).isTrue();
    }
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static RunEntry run(String id) {
    return new RunEntry(id, null, null, List.of(), null, RunOutcome.NONE, null, Instant.EPOCH);
  }

  private static RunSource source(Reading reading) {
    return new RunSource() {
      @Override
      public void readOn(RunSeries run, BooleanSupplier pause) {
        try {
          reading.readOn(run, pause);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }

      @Override
      public void close() {}
    };
  }

  private interface Reading {
    void readOn(RunSeries run, BooleanSupplier pause) throws InterruptedException;
  }
}
