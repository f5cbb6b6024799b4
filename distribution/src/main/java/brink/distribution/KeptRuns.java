package brink.distribution;

import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.monitor.topology.RunObserver;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.trainer.cli.StopSignal;
import brink.trainer.files.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Lets a command that trains do without a running Kafka and monitor: it has its own of both, and
 * keeps its runs in a folder that the commands of {@link StoredRuns} and the demo read.
 */
final class KeptRuns implements OwnKafka {
  /** How long broker and monitor may take to close after Ctrl-C. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "use no running Kafka, but a broker and a monitor in this process, and keep the runs in"
              + " this folder; 'runs', 'report' and others show them by the same option")
  private @Nullable Path dataDir;

  @Override
  public @Nullable Path folder() {
    return dataDir;
  }

  @Override
  public Path data(Path folder) {
    try {
      return Files.createDirectories(folder).resolve("kafka");
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--data-dir %s cannot be used: %s".formatted(folder, FileTrouble.of(e)), e);
    }
  }

  @Override
  public int execute(KafkaSettings kafka, IntSupplier command) {
    StopSignal closing = new StopSignal().raisedAtShutdown(PATIENCE);
    TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
    MonitorSettings settings =
        MonitorSettings.of(kafka)
            .named(MonitorSettings.DEFAULT_APPLICATION_ID, "brink-demo")
            .servedAt(MonitorSettings.DEFAULT_HTTP_HOST, 0);
    try (MonitorApp monitor = new MonitorApp(settings, Clock.systemUTC(), RunObserver.NONE)) {
      monitor.start();
      System.err.println("brink: live page " + monitor.uri());
      return command.getAsInt();
    } catch (IOException e) {
      throw new UncheckedIOException("the monitor cannot be started: " + e.getMessage(), e);
    } finally {
      closing.done();
    }
  }
}
