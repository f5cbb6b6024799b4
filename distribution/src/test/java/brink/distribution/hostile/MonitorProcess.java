package brink.distribution.hostile;

import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.schemas.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** A monitor in a JVM of its own, with little memory. */
final class MonitorProcess implements AutoCloseable {
  /** Runs pause here while others publish, for as long as the machine needs. */
  private static final Duration PAUSE = Duration.ofHours(1);

  private final Process process;

  private MonitorProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the JVM.
   *
   * @param heap as Java's -Xmx takes it
   */
  static MonitorProcess start(String servers, String httpPort, String heap, Path log)
      throws IOException {
    return new MonitorProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                MonitorProcess.class.getName(),
                servers,
                httpPort)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    MonitorSettings settings =
        MonitorSettings.of(KafkaSettings.of(args[0]))
            .servedAt(MonitorSettings.DEFAULT_HTTP_HOST, Integer.parseInt(args[1]))
            .withStalledAfter(PAUSE);
    try (MonitorApp app = new MonitorApp(settings, InstantSource.system())) {
      app.start();
      new CountDownLatch(1).await();
    }
  }
}
