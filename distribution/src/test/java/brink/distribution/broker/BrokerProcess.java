package brink.distribution.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** A broker in a JVM of its own, so that it can be killed. */
final class BrokerProcess implements AutoCloseable {
  private static final String READY = "ready";

  private final Process process;

  private BrokerProcess(Process process) {
    this.process = process;
  }

  /** Starts the JVM and returns when its broker takes requests. */
  static BrokerProcess start(Path dataDir, int port) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                dataDir.toString(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BrokerProcess broker = new BrokerProcess(process);
    broker.awaitReady();
    return broker;
  }

  /** SIGKILL: nothing in the JVM gets to run. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  private void awaitReady() throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (!Objects.equals(line, READY)) {
      process.destroyForcibly();
      throw new IOException("broker process said: " + line);
    }
  }

  public static void main(String[] args) throws IOException {
    BrokerSettings settings = BrokerSettings.local(Path.of(args[0]), Integer.parseInt(args[1]));
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
      System.out.println(READY);
      // The parent's end of the pipe closes when it dies, however it dies.
      int end = System.in.read();
      if (end != -1 || broker.failure().isDone()) {
        throw new IOException("unexpected input or failure");
      }
    }
  }
}
