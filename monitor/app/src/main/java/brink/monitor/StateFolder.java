package brink.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka Streams keeps its lock and checkpoints. The state itself is in Kafka's changelogs, so
 * a temporary folder loses nothing.
 */
record StateFolder(Path path, boolean temporary) implements AutoCloseable {
  static StateFolder open(@Nullable Path given) throws IOException {
    return given == null
        ? new StateFolder(Files.createTempDirectory("brink-monitor"), true)
        : new StateFolder(Files.createDirectories(given), false);
  }

  @Override
  public void close() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path each : leavesFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the temporary folder " + path, e);
    }
  }
}
