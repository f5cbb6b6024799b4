package brink.monitor.cli;

import brink.cli.DurationConverter;
import brink.cli.KafkaOptions;
import brink.cli.ReplicationOption;
import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.monitor.text.Printable;
import brink.monitor.topology.RunObserver;
import brink.monitor.web.HttpSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.Topic;
import brink.v1.RegimeChanged;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink monitor}. */
@Command(
    name = "monitor",
    mixinStandardHelpOptions = true,
    description = "Watches all runs of a Kafka cluster until Ctrl-C.")
public final class MonitorCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private SettingOptions set = new SettingOptions();

  @Option(
      names = "--http-host",
      paramLabel = "HOST",
      defaultValue = MonitorSettings.DEFAULT_HTTP_HOST,
      description =
          "Address to serve at (default: ${DEFAULT-VALUE}). One that other machines reach takes"
              + " --http-unprotected.")
  private String httpHost = MonitorSettings.DEFAULT_HTTP_HOST;

  @Option(
      names = "--http-unprotected",
      description =
          "Serves beyond this machine without a login and without TLS: whoever reaches HOST sees"
              + " all runs, and writes notes unless --read-only forbids it.")
  private boolean httpUnprotected;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "" + MonitorSettings.DEFAULT_HTTP_PORT,
      description = "Port to serve at, 0 for any (default: ${DEFAULT-VALUE}).")
  private int httpPort = MonitorSettings.DEFAULT_HTTP_PORT;

  @Option(
      names = "--http-allowed-host",
      paramLabel = "NAME",
      description =
          "Further name that the monitor may be asked under; may be given several times. Addresses,"
              + " localhost, names without a dot and HOST are allowed in any case.")
  private List<String> allowedHosts = new ArrayList<>();

  @Option(
      names = "--read-only",
      description = "Refuses to write notes, so that nobody who reaches the page can change them.")
  private boolean readOnly;

  @Option(
      names = "--stalled-after",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "Silence after which a run is STALLED (default: ${DEFAULT-VALUE}).")
  private Duration stalledAfter = MonitorSettings.DEFAULT_STALLED_AFTER;

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = MonitorSettings.DEFAULT_APPLICATION_ID,
      description = "Monitors of one id share the runs (default: ${DEFAULT-VALUE}).")
  private String applicationId = MonitorSettings.DEFAULT_APPLICATION_ID;

  @Option(
      names = "--instance-id",
      paramLabel = "NAME",
      description = "Name that this monitor keeps over restarts; its runs wait for it.")
  private @Nullable String instanceId;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Folder for Kafka Streams' lock files (default: a temporary one).")
  private @Nullable Path stateDir;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "" + Topic.DEFAULT_PARTITIONS,
      description = "Partitions of topics that are missing (default: ${DEFAULT-VALUE}).")
  private int partitions = Topic.DEFAULT_PARTITIONS;

  @Mixin private ReplicationOption copies = new ReplicationOption();

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, this::watch);
  }

  private int watch() throws IOException, InterruptedException {
    requireRange("--http-port", httpPort, 0, HIGHEST_PORT);
    requireRange("--partitions", partitions, 1, Integer.MAX_VALUE);
    requireLoopback();
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    MonitorSettings settings = settings();
    try (MonitorApp app = new MonitorApp(settings, InstantSource.system(), new Printer(out))) {
      app.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(asked, closed)));
      out.println("watching; " + app.uri() + " lists what is served, Ctrl-C stops");
      out.println("  settings " + SettingOptions.describe(settings.fold()));
      out.println("  metrics  " + app.uri().resolve("/metrics"));
      out.println("  runs     " + app.uri().resolve("/api/runs"));
      out.println("  health   " + app.uri().resolve("/health/ready"));
      out.flush();
      var _ = app.refused().thenRun(asked::countDown);
      asked.await();
      KafkaSetupException refusal = app.refused().getNow(null);
      if (refusal != null) {
        throw refusal;
      }
    } finally {
      closed.countDown();
    }
    return Failures.OK;
  }

  private static void requireRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, found %d".formatted(option, least, most, value));
    }
  }

  private void requireLoopback() {
    if (!httpUnprotected && !isLoopback(httpHost)) {
      throw new IllegalArgumentException(
          "--http-host %s can be reached from other machines, and nothing there asks who they are; serve at %s behind a proxy that asks for a login and speaks TLS, or say --http-unprotected"
              .formatted(httpHost, MonitorSettings.DEFAULT_HTTP_HOST));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true; // The server says that there is no such address.
    }
  }

  private MonitorSettings settings() {
    return MonitorSettings.of(kafka.settings())
        .named(applicationId, instanceId)
        .withStateDir(stateDir)
        .withPartitions(partitions)
        .withReplication(copies.replication())
        .withStalledAfter(stalledAfter)
        .withFold(set.settings())
        .served(new HttpSettings(httpHost, httpPort, Set.copyOf(allowedHosts), readOnly));
  }

  /** The JVM ends when its hooks do: wait until all is closed. */
  private static void finish(CountDownLatch asked, CountDownLatch closed) {
    asked.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Printer(PrintWriter out) implements RunObserver {
    @Override
    public void onRegimeChanged(RegimeChanged change) {
      out.println(Printable.of(change.getRunId()) + "  " + RegimeSentence.of(change));
      out.flush();
    }
  }
}
