package brink.distribution.demo;

import brink.trainer.files.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where the demo keeps Kafka's data: the user's folder, or one that goes with the demo.
 *
 * @param path the folder
 * @param temporary whether it goes with the demo
 */
record DataFolder(Path path, boolean temporary) implements AutoCloseable {
  /** The user's folder, made if missing; a temporary one for null. */
  static DataFolder open(@Nullable Path wanted) {
    try {
      return wanted == null
          ? new DataFolder(Files.createTempDirectory("brink-demo-"), true)
          : new DataFolder(Files.createDirectories(wanted), false);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use "
              + (wanted == null ? "the system's folder for temporary files" : wanted)
              + " for data ("
              + FileTrouble.of(e)
              + "); give --data-dir a folder that can be written to",
          e);
    }
  }

  @Override
  public void close() {
    if (temporary) {
      try {
        Files.walkFileTree(path, new Deletion());
      } catch (IOException e) {
        System.err.println("brink: could not delete " + path + ": " + e.getMessage());
      }
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
