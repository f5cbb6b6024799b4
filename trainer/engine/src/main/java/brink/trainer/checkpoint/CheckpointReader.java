package brink.trainer.checkpoint;

import brink.checkpoint.v1.CheckpointHeader;
import brink.checkpoint.v1.CheckpointVector;
import brink.trainer.files.FileTrouble;
import brink.trainer.state.SavedState.Vector;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads the file of a checkpoint. */
final class CheckpointReader {
  private static final int PIECE = 1 << 20;

  private final Path file;
  private final FileChannel channel;

  private CheckpointReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static Checkpoint read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          file
              + " is not a checkpoint file; give --resume a file or folder that a run has written");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new CheckpointReader(file, channel).read();
    } catch (EOFException e) {
      throw damaged(file, "it is cut short", e);
    } catch (InvalidProtocolBufferException e) {
      throw damaged(file, "its head cannot be read", e);
    } catch (IOException e) {
      throw new CheckpointException(
          "checkpoint %s cannot be read: %s".formatted(file, FileTrouble.of(e)), e);
    }
  }

  private Checkpoint read() throws IOException {
    ByteBuffer prefix = bytes(0, CheckpointFile.PREFIX_BYTES);
    byte[] magic = new byte[CheckpointFile.MAGIC.length];
    prefix.get(magic);
    if (!Arrays.equals(magic, CheckpointFile.MAGIC)) {
      throw new CheckpointException(
          file
              + " is not one of Brink's checkpoints; give --resume a file or folder that a run"
              + " wrote");
    }
    int version = prefix.getInt();
    if (version != CheckpointFile.VERSION) {
      throw new CheckpointException(
          "%s is a checkpoint of version %d, this program reads version %d; resume it with the program that wrote it"
              .formatted(file, version, CheckpointFile.VERSION));
    }
    checkCrc();
    int length = prefix.getInt();
    CheckpointHeader header =
        CheckpointHeader.parseFrom(bytes(CheckpointFile.PREFIX_BYTES, length));
    Checkpoint checkpoint = CheckpointHeaders.withoutVectors(header);
    long offset = CheckpointFile.PREFIX_BYTES + (long) length;
    for (CheckpointVector vector : header.getVectorsList()) {
      requireThere(vector, offset);
      checkpoint.state().put(vector.getName(), vector(vector, offset));
      offset += (long) vector.getLength() * vector.getElementBytes();
    }
    return checkpoint;
  }

  /** A head may promise what the file has not, whatever its checksum says. */
  private void requireThere(CheckpointVector vector, long offset) throws IOException {
    int width = vector.getElementBytes();
    long left = channel.size() - CheckpointFile.CRC_BYTES - offset;
    if (vector.getLength() < 0
        || (width != Float.BYTES && width != Double.BYTES)
        || (long) vector.getLength() * width > left) {
      throw damaged(file, "its head does not fit what follows", null);
    }
  }

  private Vector vector(CheckpointVector vector, long offset) {
    Path source = file;
    return new Vector(
        vector.getLength(),
        () -> {
          int size = Math.multiplyExact(vector.getLength(), vector.getElementBytes());
          try (FileChannel again = FileChannel.open(source, StandardOpenOption.READ)) {
            ByteBuffer bytes = new CheckpointReader(source, again).bytes(offset, size);
            return Entries.decode(bytes, vector.getLength(), vector.getElementBytes());
          } catch (IOException e) {
            throw new UncheckedIOException("checkpoint " + source + " vanished", e);
          }
        });
  }

  private void checkCrc() throws IOException {
    CRC32C crc = new CRC32C();
    long end = channel.size() - CheckpointFile.CRC_BYTES;
    for (long at = 0; at < end; at += PIECE) {
      crc.update(bytes(at, (int) Math.min(PIECE, end - at)));
    }
    int expected = bytes(end, CheckpointFile.CRC_BYTES).getInt();
    if (expected != (int) crc.getValue()) {
      throw damaged(file, "its checksum does not fit", null);
    }
  }

  private ByteBuffer bytes(long offset, int count) throws IOException {
    if (offset < 0 || count < 0 || offset + count > channel.size()) {
      throw new EOFException(file + " ends early");
    }
    ByteBuffer bytes = CheckpointFile.littleEndian(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException(file + " ends early");
      }
    }
    return bytes.flip();
  }

  private static CheckpointException damaged(Path file, String how, @Nullable Throwable cause) {
    return new CheckpointException("checkpoint %s is damaged: %s".formatted(file, how), cause);
  }
}
