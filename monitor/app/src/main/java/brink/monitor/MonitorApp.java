package brink.monitor;

import brink.monitor.catalogue.NoteBook;
import brink.monitor.catalogue.PartitionEnds;
import brink.monitor.catalogue.RejectedLog;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.intake.BoundedClients;
import brink.monitor.log.LimitedLog;
import brink.monitor.metrics.MonitorRegistry;
import brink.monitor.metrics.RunMetrics;
import brink.monitor.series.SeriesStore;
import brink.monitor.topology.MonitorTopology;
import brink.monitor.topology.Observers;
import brink.monitor.topology.RunObserver;
import brink.monitor.topology.StreamsProperties;
import brink.monitor.web.Api;
import brink.monitor.web.EventHub;
import brink.monitor.web.MonitorInfo;
import brink.monitor.web.MonitorServer;
import brink.schemas.KafkaSetupException;
import brink.schemas.KafkaTrouble;
import brink.schemas.Replication;
import brink.schemas.TopicCreation;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A monitor in this process: the topology, the run catalogue, the metrics and the HTTP server.
 *
 * <p>{@link #start} creates missing topics and returns when everything is under way; {@link
 * #reasonsNotReady} says when it has caught up. While no broker answers it keeps trying.
 */
public final class MonitorApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorApp.class);
  private static final LimitedLog FAILURES = new LimitedLog(LOG);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final MonitorSettings settings;
  private final InstantSource clock;
  private final RunObserver listener;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final CompletableFuture<KafkaSetupException> refused = new CompletableFuture<>();
  private @Nullable Parts parts;

  /** A monitor that nobody listens to. */
  public MonitorApp(MonitorSettings settings, InstantSource clock) {
    this(settings, clock, RunObserver.NONE);
  }

  /**
   * A monitor.
   *
   * @param clock wall clock for the delay of events and the life of meters
   * @param listener is told of the runs' progress as it happens, on the stream threads
   */
  public MonitorApp(MonitorSettings settings, InstantSource clock, RunObserver listener) {
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Starts; call once.
   *
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be reached or its topics cannot work
   * @throws IOException if the HTTP address or the state folder cannot be used
   */
  public void start() throws IOException {
    Replication replication =
        TopicCreation.ensure(settings.kafka(), settings.partitions(), settings.replication());
    try {
      parts = assemble(replication);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    parts.streams().start();
  }

  /** Why the monitor is not ready, one sentence each; empty where it is. */
  public List<String> reasonsNotReady() {
    Parts running = parts;
    if (running == null) {
      return List.of("the monitor is not started");
    }
    List<String> reasons = new ArrayList<>();
    if (refused.isDone()) {
      reasons.add(String.valueOf(refused.join().getMessage()));
    }
    if (running.streams().state() != KafkaStreams.State.RUNNING) {
      reasons.add("Kafka Streams is " + running.streams().state() + ", not RUNNING");
    }
    String died = running.failures().problem();
    if (died != null) {
      reasons.add(died);
    }
    String stands = running.standstill().problem(running.streams().metadataForLocalThreads());
    if (stands != null) {
      reasons.add(stands);
    }
    if (!running.catalogue().caughtUp()) {
      reasons.add("the run catalogue is still reading");
    }
    String broker = running.broker().problem();
    if (broker != null) {
      reasons.add(broker);
    }
    return reasons;
  }

  /**
   * Completes if Kafka refuses the monitor: it then reads nothing any more, and goes on only if it
   * is started again.
   */
  public CompletableFuture<KafkaSetupException> refused() {
    return refused.copy();
  }

  /** Where the HTTP server is; only after {@link #start}. */
  public URI uri() {
    return started().server().uri();
  }

  /** All runs that Kafka knows; only after {@link #start}. */
  public RunCatalogue catalogue() {
    return started().catalogue();
  }

  /** Stops in order; what was not committed is done again by the next start. */
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      try {
        closing.pop().run();
      } catch (RuntimeException e) {
        LOG.warn("a part of the monitor did not close cleanly", e);
      }
    }
  }

  private Parts assemble(Replication replication) throws IOException {
    StateFolder folder = closeLater(StateFolder.open(settings.stateDir()));
    MonitorRegistry registry = closeLater(new MonitorRegistry(BuildInfo.version()));
    EventHub events = closeLater(new EventHub(Long.toString(clock.millis(), Character.MAX_RADIX)));
    RunCatalogue catalogue = closeLater(RunCatalogue.follow(settings.kafka(), clock, events));
    events.tellOf(catalogue);
    RunMetrics metrics = new RunMetrics(registry.meters(), settings.retention(), clock, catalogue);
    PartitionEnds ends = closeLater(PartitionEnds.open(settings.kafka(), settings.applicationId()));
    ThreadFailures failures = new ThreadFailures(registry.meters(), clock);
    KafkaStreams streams =
        streams(
            MonitorTopology.build(
                settings.fold(),
                settings.stalledAfter(),
                Observers.of(catalogue, metrics, listener),
                new LiveCluster(ends, catalogue)),
            StreamsProperties.of(
                settings.kafka(),
                settings.applicationId(),
                settings.instanceId(),
                replication,
                folder.path()),
            failures);
    registry.bind(streams);
    registry.bindReadiness(() -> reasonsNotReady().isEmpty());
    SeriesStore series =
        closeLater(SeriesStore.open(folder.path().resolve("series"), settings.kafka(), catalogue));
    BrokerProbe broker = closeLater(new BrokerProbe(settings.kafka()));
    MonitorServer server =
        closeLater(
            MonitorServer.start(
                settings.http(),
                new Api(
                    new MonitorInfo(BuildInfo.version(), settings.applicationId(), clock.instant()),
                    contentType -> {
                      metrics.refresh();
                      return registry.scrape(contentType);
                    },
                    this::reasonsNotReady,
                    catalogue,
                    series,
                    events,
                    closeLater(new RejectedLog(settings.kafka())),
                    closeLater(new NoteBook(settings.kafka())),
                    clock)));
    return new Parts(streams, catalogue, failures, new Standstill(clock), broker, server);
  }

  private KafkaStreams streams(Topology topology, Properties properties, ThreadFailures failures) {
    BoundedClients clients = new BoundedClients();
    SteadyTime time = new SteadyTime();
    KafkaStreams streams = new KafkaStreams(topology, properties, clients, time);
    streams.setUncaughtExceptionHandler(
        failure -> {
          if (KafkaTrouble.isRefusal(failure)) {
            // The next thread would be refused as well.
            refuse(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          }
          if (!ThreadFailures.isWakeup(failure)) {
            failures.add(failure);
            FAILURES.error(
                "stream threads that failed",
                () -> "a stream thread failed and is replaced",
                failure);
          }
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    closing.push(() -> streams.close(closeOptions()));
    closeLater(ClockWatch.start(InstantSource.system(), time::milliseconds, clients::renew));
    return streams;
  }

  private void refuse(Throwable failure) {
    boolean _ =
        refused.complete(
            KafkaTrouble.exception(
                settings.kafka(),
                "do the work of a monitor",
                failure,
                MonitorRights.of(settings.applicationId())));
  }

  /** An instance with a name keeps its place in the group for its restart. */
  private CloseOptions closeOptions() {
    return CloseOptions.timeout(CLOSE_TIMEOUT)
        .withGroupMembershipOperation(
            settings.instanceId() == null
                ? GroupMembershipOperation.LEAVE_GROUP
                : GroupMembershipOperation.REMAIN_IN_GROUP);
  }

  private <T extends AutoCloseable> T closeLater(T part) {
    closing.push(
        () -> {
          try {
            part.close();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    return part;
  }

  private Parts started() {
    Parts running = parts;
    if (running == null) {
      throw new IllegalStateException("start the monitor first");
    }
    return running;
  }

  private record Parts(
      KafkaStreams streams,
      RunCatalogue catalogue,
      ThreadFailures failures,
      Standstill standstill,
      BrokerProbe broker,
      MonitorServer server) {}
}
