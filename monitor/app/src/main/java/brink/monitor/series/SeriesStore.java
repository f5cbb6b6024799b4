package brink.monitor.series;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.geometry.Motion;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs that somebody looks at, read from Kafka on demand: from a run's beginning when it is
 * first asked for, and on from there each time it is asked for again. Whichever monitor of a
 * cluster is asked, it reads the run's partition by itself.
 *
 * <p>Memory and disk are bounded: the run that nobody asked for longest goes, and is read again
 * when somebody does.
 */
public final class SeriesStore implements AutoCloseable {
  /** Two runs are read at a time, so that a short one does not wait for a long one. */
  private static final int READERS = 2;

  /** Of disk and memory together; a million steps take some 150 MB. */
  private static final long MOST_BYTES = 2L << 30;

  /** Of memory alone. */
  private static final long MOST_HEAP_BYTES = 128L << 20;

  /** A run that was read to its end so recently is up to date. */
  private static final Duration FRESH = Duration.ofMillis(200);

  /** How long a run is read on without anybody asking. */
  private static final Duration INTEREST = Duration.ofSeconds(30);

  /** After this time another run has its turn. */
  private static final Duration TURN = Duration.ofMillis(500);

  private final Path folder;
  private final Supplier<RunSource> sources;
  private final Map<String, Opened> runs = new LinkedHashMap<>(16, 0.75f, true);
  private final Deque<RunSource> idle = new ConcurrentLinkedDeque<>();
  private final ThreadPoolExecutor readers;
  private long files;
  private volatile boolean closed;

  /**
   * A store.
   *
   * @param folder for large runs, of this process alone
   * @throws IOException if the folder cannot be used
   */
  SeriesStore(Path folder, Supplier<RunSource> sources) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.sources = sources;
    this.readers =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("brink-series-", 0).daemon().factory());
    clean();
  }

  /**
   * A store that reads from Kafka.
   *
   * @param directory says where the runs are
   * @throws IOException if the folder cannot be used
   */
  public static SeriesStore open(Path folder, KafkaSettings kafka, RunDirectory directory)
      throws IOException {
    return new SeriesStore(folder, () -> KafkaRunSource.open(kafka, directory));
  }

  /**
   * A run, read as far as it goes within a time; {@link RunSeries#complete} says whether that was
   * all.
   *
   * @throws KafkaSetupException if Kafka does not answer
   */
  public RunSeries read(RunEntry run, Duration patience) {
    Opened opened = opened(run);
    try {
      opened.work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // It goes on in the background.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new KafkaSetupException("the run cannot be read: " + cause.getMessage(), cause);
    }
    return opened.series;
  }

  @Override
  public void close() {
    closed = true;
    readers.shutdown();
    try {
      if (!readers.awaitTermination(10, TimeUnit.SECONDS)) {
        readers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    idle.forEach(RunSource::close);
    synchronized (this) {
      runs.values().forEach(opened -> opened.series.close());
      runs.clear();
    }
  }

  private synchronized Opened opened(RunEntry run) {
    Opened opened = runs.get(run.runId());
    if (opened == null) {
      Motion motion = run.started() == null ? Motion.PLAIN : Motion.of(run.started());
      Path file = folder.resolve(files++ + ".series");
      opened = new Opened(new RunSeries(run.runId(), motion, file));
      runs.put(run.runId(), opened);
    }
    long now = System.nanoTime();
    opened.asked = now;
    boolean fresh = opened.series.complete() && now - opened.finished < FRESH.toNanos();
    if (opened.work.isDone() && !fresh) {
      opened.work = new CompletableFuture<>();
      submit(opened);
    }
    return opened;
  }

  private void submit(Opened opened) {
    try {
      readers.execute(() -> turn(opened));
    } catch (RejectedExecutionException e) {
      opened.work.completeExceptionally(e);
    }
  }

  private void turn(Opened opened) {
    long begin = System.nanoTime();
    RunSource source = idle.pollFirst();
    try {
      source = source == null ? sources.get() : source;
      source.readOn(opened.series, () -> isOver(begin));
      idle.push(source);
    } catch (RuntimeException e) {
      closeQuietly(source);
      opened.work.completeExceptionally(e);
      forget(opened);
      return;
    }
    evict();
    if (!opened.series.complete() && isWanted(opened)) {
      submit(opened);
    } else {
      opened.finished = System.nanoTime();
      opened.work.complete(null);
    }
  }

  private boolean isOver(long begin) {
    return closed || (!readers.getQueue().isEmpty() && System.nanoTime() - begin > TURN.toNanos());
  }

  private boolean isWanted(Opened opened) {
    return !closed && System.nanoTime() - opened.asked < INTEREST.toNanos();
  }

  /** What failed half-way is begun anew. */
  private synchronized void forget(Opened opened) {
    if (runs.remove(opened.series.runId(), opened)) {
      opened.series.close();
    }
  }

  private synchronized void evict() {
    long bytes = 0;
    long heap = 0;
    for (Opened opened : runs.values()) {
      bytes += opened.series.bytes();
      heap += opened.series.heapBytes();
    }
    Iterator<Opened> oldest = runs.values().iterator();
    int left = runs.size();
    while (left > 1 && (bytes > MOST_BYTES || heap > MOST_HEAP_BYTES)) {
      Opened opened = oldest.next();
      left--;
      if (opened.work.isDone()) {
        bytes -= opened.series.bytes();
        heap -= opened.series.heapBytes();
        oldest.remove();
        opened.series.close();
      }
    }
  }

  /** A process that was killed left its files. */
  private void clean() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.filter(each -> each.toString().endsWith(".series")).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void closeQuietly(@Nullable RunSource source) {
    if (source != null) {
      try {
        source.close();
      } catch (RuntimeException e) {
        // It failed before, and that is what is told.
      }
    }
  }

  /** A run and the work on it. */
  private static final class Opened {
    final RunSeries series;
    volatile CompletableFuture<@Nullable Void> work = CompletableFuture.completedFuture(null);
    volatile long asked;
    volatile long finished;

    Opened(RunSeries series) {
      this.series = series;
    }
  }
}
