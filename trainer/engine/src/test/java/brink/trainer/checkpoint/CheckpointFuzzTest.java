package brink.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Any bytes behind a right beginning, with a right checksum: what a checksum does not guard. */
class CheckpointFuzzTest {
  @FuzzTest
  void read_anyBytes_areACheckpointOrRefused(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("any", ".checkpoint");
    try {
      Files.write(file, checkpoint(bytes));
      Checkpoint read = CheckpointFile.read(file);
      read.state()
          .vectors()
          .values()
          .forEach(
              vector ->
                  assertThat(vector.values().get())
                      .hasSize(vector.length())
                      .hasSizeLessThanOrEqualTo(bytes.length));
    } catch (CheckpointException e) {
      assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] checkpoint(byte[] bytes) {
    int length = CheckpointFile.MAGIC.length + 4 + bytes.length;
    ByteBuffer file = ByteBuffer.allocate(length + 4).order(ByteOrder.LITTLE_ENDIAN);
    file.put(CheckpointFile.MAGIC).putInt(CheckpointFile.VERSION).put(bytes);
    CRC32C crc = new CRC32C();
    crc.update(file.array(), 0, length);
    return file.putInt((int) crc.getValue()).array();
  }
}
