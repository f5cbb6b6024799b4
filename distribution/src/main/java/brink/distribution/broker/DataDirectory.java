package brink.distribution.broker;

import brink.trainer.files.FileTrouble;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The broker's folder, locked for as long as this object is open. Kafka takes its own lock too
 * late: a second node would have written into the metadata log before it notices the first.
 */
final class DataDirectory implements AutoCloseable {
  private static final String LOCK = ".brink-broker.lock";

  /** Written last by Kafka's formatter: where it is, the folder is formatted. */
  private static final String FORMATTED = "meta.properties";

  /** What a start that was killed before the end of formatting may have left. */
  private static final Set<String> LEFTOVERS =
      Set.of(LOCK, ".lock", "bootstrap.checkpoint", FORMATTED + ".tmp", "lost+found");

  private final Path folder;
  private final FileChannel lockChannel;

  private DataDirectory(Path folder, FileChannel lockChannel) {
    this.folder = folder;
    this.lockChannel = lockChannel;
  }

  /**
   * Opens the folder, makes it if it is missing and formats it if it is empty.
   *
   * @throws BrokerException if it is in use, cannot be written, or holds something else
   */
  static DataDirectory open(Path folder) {
    try {
      Files.createDirectories(folder);
      refuseForeign(folder);
      DataDirectory directory = new DataDirectory(folder, lock(folder));
      directory.formatOrRelease();
      return directory;
    } catch (IOException e) {
      throw new BrokerException(
          "cannot write to %s (%s); check its permissions and free space, or use another --data-dir"
              .formatted(folder, FileTrouble.of(e)),
          e);
    }
  }

  @Override
  public void close() {
    try {
      lockChannel.close();
    } catch (IOException e) {
      throw new BrokerException("cannot release " + folder, e);
    }
  }

  private static void refuseForeign(Path folder) throws IOException {
    if (isFormatted(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !LEFTOVERS.contains(name))
          .findFirst()
          .ifPresent(name -> refuse(folder, name));
    }
  }

  private static void refuse(Path folder, String name) {
    throw new BrokerException(
        "%s holds %s, which is not a broker's data; use an empty folder for --data-dir"
            .formatted(folder, name));
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new BrokerException(
          "another broker uses %s; stop it, or use another --data-dir".formatted(folder));
    }
    return channel;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void formatOrRelease() throws IOException {
    boolean formatted = false;
    try {
      formatIfEmpty();
      formatted = true;
    } finally {
      if (!formatted) {
        close();
      }
    }
  }

  private void formatIfEmpty() throws IOException {
    if (isFormatted(folder)) {
      return;
    }
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setNodeId(BrokerConfig.NODE_ID)
            .setClusterId(Uuid.randomUuid().toString())
            .setDirectories(List.of(folder.toString()))
            .setMetadataLogDirectory(folder.toString())
            .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
            .setReleaseVersion(MetadataVersion.latestProduction());
    try {
      formatter.run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new BrokerException("cannot format %s (%s)".formatted(folder, e), e);
    }
  }

  private static boolean isFormatted(Path folder) {
    return Files.exists(folder.resolve(FORMATTED));
  }
}
