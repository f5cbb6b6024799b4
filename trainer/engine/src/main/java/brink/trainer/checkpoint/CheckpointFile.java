package brink.trainer.checkpoint;

import brink.checkpoint.v1.CheckpointHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The file of a checkpoint: magic, version, the header's length, the header ({@code
 * brink.checkpoint.v1.CheckpointHeader}), the entries of the vectors, and a CRC-32C of all that;
 * integers and vectors are little-endian. A file is there whole or not at all: it is written beside
 * its place, forced to the disk, and moved.
 */
public final class CheckpointFile {
  /** Version of the format; another one is refused. */
  public static final int VERSION = 1;

  static final byte[] MAGIC = "BRINKCKP".getBytes(StandardCharsets.US_ASCII);
  static final int PREFIX_BYTES = MAGIC.length + 2 * Integer.BYTES;
  static final int CRC_BYTES = Integer.BYTES;

  private CheckpointFile() {}

  /**
   * Writes a checkpoint in place of what is there.
   *
   * @throws IOException if it cannot be written; what was there before is still there
   */
  public static void write(Path file, Checkpoint checkpoint) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        write(channel, CheckpointHeaders.of(checkpoint), checkpoint);
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(file);
    } catch (IOException e) {
      deleteQuietly(beside);
      throw e;
    }
  }

  /**
   * Reads a checkpoint and checks every byte of it; vectors are read again when they are asked for.
   *
   * @throws CheckpointException if it is missing, damaged, of another version or no checkpoint
   */
  public static Checkpoint read(Path file) {
    return CheckpointReader.read(file);
  }

  private static void write(FileChannel channel, CheckpointHeader header, Checkpoint checkpoint)
      throws IOException {
    byte[] head = header.toByteArray();
    CRC32C crc = new CRC32C();
    ByteBuffer prefix = littleEndian(PREFIX_BYTES + head.length);
    put(channel, crc, prefix.put(MAGIC).putInt(VERSION).putInt(head.length).put(head));
    for (var vector : header.getVectorsList()) {
      double[] values = checkpoint.state().vector(vector.getName()).values().get();
      put(channel, crc, Entries.encode(values, vector.getElementBytes()));
    }
    ByteBuffer end = littleEndian(CRC_BYTES).putInt((int) crc.getValue()).flip();
    writeFully(channel, end);
  }

  private static void put(FileChannel channel, CRC32C crc, ByteBuffer filled) throws IOException {
    filled.flip();
    crc.update(filled.duplicate());
    writeFully(channel, filled);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The move, too, must survive a power cut. */
  private static void forceFolder(Path file) {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Not every system opens folders; the file itself is on the disk.
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next checkpoint overwrites it.
    }
  }
}
