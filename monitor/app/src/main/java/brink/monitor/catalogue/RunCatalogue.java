package brink.monitor.catalogue;

import brink.monitor.log.LimitedLog;
import brink.monitor.run.Outcome;
import brink.monitor.run.StepReadings;
import brink.monitor.topology.RunObserver;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.Topic;
import brink.v1.StepObserved;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * All runs that Kafka knows, whichever instance works on them: brink.runs, brink.regimes and
 * brink.flow from their beginning, in memory: a few KiB per run, within {@link RunTable}'s bounds.
 *
 * <p>As an observer it also takes note of the steps that this instance sees, so that the last step
 * is exact for them and for the others the last one that a verdict named.
 */
public final class RunCatalogue implements RunObserver, RunDirectory, AutoCloseable {
  private static final LimitedLog LOG = new LimitedLog(LoggerFactory.getLogger(RunCatalogue.class));
  private static final Topic[] TOPICS = {Topic.RUNS, Topic.REGIMES, Topic.FLOW};
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final RunTable table = new RunTable();
  private final KafkaSettings kafka;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean caughtUp;
  private volatile @Nullable TopicReader reader;

  private RunCatalogue(KafkaSettings kafka, InstantSource clock) {
    this.kafka = kafka;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("brink-catalogue").daemon().unstarted(this::follow);
  }

  /** A catalogue that follows the topics in the background until it is closed. */
  public static RunCatalogue follow(KafkaSettings kafka, InstantSource clock) {
    RunCatalogue catalogue = new RunCatalogue(kafka, clock);
    catalogue.thread.start();
    return catalogue;
  }

  /**
   * All runs as of now, newest first.
   *
   * @throws KafkaSetupException if Kafka cannot be reached or lacks the topics
   */
  public static List<RunEntry> read(KafkaSettings kafka) {
    RunTable table = new RunTable();
    try (TopicReader reader = TopicReader.open(kafka, TOPICS)) {
      reader.readToEnd(table::apply);
    }
    return table.all();
  }

  /** Whether everything was read that was there when the catalogue began. */
  public boolean caughtUp() {
    return caughtUp;
  }

  @Override
  public List<RunEntry> runs() {
    return table.all();
  }

  @Override
  public @Nullable RunEntry run(String runId) {
    return table.get(runId);
  }

  @Override
  public @Nullable Integer partitionOfStart(String runId) {
    return table.partitionOfStart(runId);
  }

  @Override
  public void onStep(StepObserved step, Outcome outcome) {
    StepReadings readings = outcome.readings();
    if (readings != null) {
      table.touch(step.getRunId(), step.getStep(), readings.stabilityRatio(), clock.instant());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    TopicReader current = reader;
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try (TopicReader topics = open()) {
      if (topics == null) {
        return;
      }
      reader = topics;
      Map<TopicPartition, Long> ends = null;
      while (!isClosed()) {
        try {
          if (ends == null) {
            ends = topics.ends();
          }
          topics.poll(table::apply);
          table.tellSuppressed();
          caughtUp = caughtUp || topics.reached(ends);
        } catch (KafkaSetupException e) {
          waits(e);
          pause();
        }
      }
    } catch (WakeupException e) {
      // The way out of a poll on close.
    }
  }

  private @Nullable TopicReader open() {
    while (!isClosed()) {
      try {
        return TopicReader.open(kafka, TOPICS);
      } catch (KafkaSetupException e) {
        waits(e);
        pause();
      }
    }
    return null;
  }

  private static void waits(KafkaSetupException e) {
    LOG.warn("attempts of the run catalogue", () -> "the run catalogue waits: " + e.getMessage());
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause() {
    try {
      boolean ignored = closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }
}
