package brink.monitor.series;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that keeps full chunks of numbers out of the heap; it comes into being with the first one.
 * Chunks are written first and mapped then, since a mapping that is written to fails the process
 * where the disk is full.
 */
final class ChunkFile implements AutoCloseable {
  private final Path path;
  private @Nullable FileChannel channel;
  private long size;

  ChunkFile(Path path) {
    this.path = path;
  }

  /**
   * Stores numbers.
   *
   * @return them, read-only, for as long as anybody holds them
   * @throws UncheckedIOException if the disk takes no more
   */
  MemorySegment append(double[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.nativeOrder());
    bytes.asDoubleBuffer().put(numbers);
    try {
      FileChannel file = opened();
      long at = size;
      while (bytes.hasRemaining()) {
        size += file.write(bytes, size);
      }
      return file.map(MapMode.READ_ONLY, at, bytes.capacity(), Arena.ofAuto());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the numbers of a run in " + path, e);
    }
  }

  /** Bytes on disk. */
  long size() {
    return size;
  }

  /** Removes the file; what was handed out stays readable. */
  @Override
  public void close() {
    FileChannel file = channel;
    if (file == null) {
      return;
    }
    try (file) {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }

  private FileChannel opened() throws IOException {
    FileChannel file = channel;
    if (file == null) {
      file =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      channel = file;
    }
    return file;
  }
}
