package brink.bench.rows;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A broker in a JVM of its own, on a folder that is deleted afterwards. */
public final class BrokerProcess implements AutoCloseable {
  private static final String READY = "ready ";

  private final Process process;
  private final Path folder;
  private final String bootstrapServers;

  private BrokerProcess(Process process, Path folder, String bootstrapServers) {
    this.process = process;
    this.folder = folder;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts the JVM and returns when its broker takes requests.
   *
   * @throws IOException if it does not start; why is in the standard error
   */
  public static BrokerProcess start() throws IOException {
    Path folder = Files.createTempDirectory("brink-bench");
    Process process =
        JavaProcess.of(List.of("-Xmx512m"), BrokerProcess.class, List.of(folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      delete(folder);
      throw new IOException("the broker did not start: " + line);
    }
    return new BrokerProcess(process, folder, line.substring(READY.length()));
  }

  /** Where its clients connect. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }

  /** The JVM of the broker: serves until its standard input closes, with whoever started it. */
  public static void main(String[] arguments) throws IOException {
    BrokerSettings settings = BrokerSettings.onAnyPort(Path.of(arguments[0]));
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
      System.out.println(READY + broker.bootstrapServers());
      while (System.in.read() >= 0) {
        // nothing is ever written to it
      }
    }
  }
}
