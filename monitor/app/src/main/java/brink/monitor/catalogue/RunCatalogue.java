package brink.monitor.catalogue;

import brink.monitor.log.LimitedLog;
import brink.monitor.run.Outcome;
import brink.monitor.run.StepReadings;
import brink.monitor.topology.RunObserver;
import brink.schemas.KafkaRightException;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.Topic;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.StepObserved;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * All runs that Kafka knows, whichever instance works on them: brink.runs, brink.regimes,
 * brink.flow and brink.notes from their beginning, in memory: a few KiB per run, within {@link
 * RunTable}'s bounds.
 *
 * <p>As an observer it also takes note of the steps that this instance sees, so that the last step
 * is exact for them and for the others the last one that a verdict named.
 */
public final class RunCatalogue implements RunObserver, RunDirectory, AutoCloseable {
  private static final LimitedLog LOG = new LimitedLog(LoggerFactory.getLogger(RunCatalogue.class));
  private static final Topic[] TOPICS = {Topic.RUNS, Topic.REGIMES, Topic.FLOW, Topic.NOTES};

  /** What a cluster may be older than, where no monitor makes sure that it is there. */
  private static final Set<Topic> OPTIONAL = Set.of(Topic.NOTES);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final RunTable table;
  private final VitalSigns vitals = new VitalSigns();
  private final KafkaSettings kafka;
  private final Set<Topic> optional;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean caughtUp;
  private volatile @Nullable KafkaRightException refusal;
  private volatile @Nullable TopicReader reader;

  private RunCatalogue(
      KafkaSettings kafka, InstantSource clock, RunListener listener, Set<Topic> optional) {
    this.kafka = kafka;
    this.optional = optional;
    this.clock = clock;
    this.table = new RunTable(new AfterCatchingUp(listener));
    this.thread = Thread.ofPlatform().name("brink-catalogue").daemon().unstarted(this::follow);
  }

  /** A catalogue of a cluster that may be older than notes are. */
  public static RunCatalogue follow(KafkaSettings kafka, InstantSource clock) {
    return started(new RunCatalogue(kafka, clock, RunListener.NONE, OPTIONAL));
  }

  /**
   * A catalogue that follows the topics in the background until it is closed.
   *
   * @param listener is told of what comes, not of what was there before
   */
  public static RunCatalogue follow(
      KafkaSettings kafka, InstantSource clock, RunListener listener) {
    return started(new RunCatalogue(kafka, clock, listener, Set.of()));
  }

  private static RunCatalogue started(RunCatalogue catalogue) {
    catalogue.thread.start();
    return catalogue;
  }

  /**
   * All runs as of now, newest first.
   *
   * @throws KafkaSetupException if Kafka cannot be reached or lacks the topics
   */
  public static List<RunEntry> read(KafkaSettings kafka) {
    return table(kafka).all();
  }

  /**
   * All runs that people deleted, newest first.
   *
   * @throws KafkaSetupException as above
   */
  public static List<RunEntry> readDeleted(KafkaSettings kafka) {
    return table(kafka).deleted();
  }

  private static RunTable table(KafkaSettings kafka) {
    RunTable table = new RunTable();
    try (TopicReader reader = TopicReader.open(kafka, OPTIONAL, TOPICS)) {
      reader.readToEnd(table::apply);
    }
    return table;
  }

  /** Why nothing can be read, if it is for a missing right; null where that is not so. */
  public @Nullable KafkaRightException refusal() {
    return refusal;
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
  public long beginOfFits(String runId, int partition) {
    return table.beginOfFits(runId, partition);
  }

  @Override
  public Map<Regime, Instant> changedAt(String runId) {
    return table.changedAt(runId);
  }

  @Override
  public List<RunEntry> quietSince(Instant time) {
    return table.quietSince(time);
  }

  @Override
  public @Nullable Vitals vitals(String runId) {
    return vitals.of(runId);
  }

  @Override
  public void onStep(StepObserved step, Outcome outcome) {
    StepReadings readings = outcome.readings();
    if (readings != null) {
      vitals.take(step, readings.stabilityRatio());
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
          refusal = null;
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
        return TopicReader.open(kafka, optional, TOPICS);
      } catch (KafkaSetupException e) {
        waits(e);
        pause();
      }
    }
    return null;
  }

  private void waits(KafkaSetupException e) {
    refusal = e instanceof KafkaRightException missing ? missing : null;
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

  private final class AfterCatchingUp implements RunListener {
    private final RunListener listener;

    AfterCatchingUp(RunListener listener) {
      this.listener = listener;
    }

    @Override
    public void onChanged(String runId) {
      if (caughtUp) {
        listener.onChanged(runId);
      }
    }

    @Override
    public void onRegimeChanged(RegimeChanged change) {
      if (caughtUp) {
        listener.onRegimeChanged(change);
      }
    }

    @Override
    public void onStep(String runId, long step) {
      if (caughtUp) {
        listener.onStep(runId, step);
      }
    }
  }
}
