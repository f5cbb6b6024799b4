package brink.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  @TempDir private Path folder;
  private Path file = Path.of("unset");

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("a.checkpoint");
    CheckpointFile.write(file, Samples.checkpoint("run-1", 7));
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("\n");
  }

  @Test
  void read_written_isTheSameBitForBit() {
    Checkpoint read = CheckpointFile.read(file);
    assertThat(read.runId()).isEqualTo("run-1");
    assertThat(read.nextStep()).isEqualTo(7);
    assertThat(read.settings()).containsExactly(Map.entry("--seed", "1"));
    assertThat(read.arguments()).containsExactly("--steps=5");
    assertThat(read.publishedStep()).isEqualTo(OptionalLong.of(6));
    assertThat(read.publishedAt()).isEqualTo(1_234);
    assertThat(read.state().number("step")).isEqualTo(7);
    assertThat(read.state().vector("weights").values().get()).isEqualTo(Samples.FINE);
    assertThat(read.state().vector("gradient").values().get()).isEqualTo(Samples.COARSE);
  }

  @Test
  void entries_thatAreFloats_takeFourBytes() {
    assertThat(Entries.bytesOf(Samples.COARSE)).isEqualTo(4);
    assertThat(Entries.bytesOf(Samples.FINE)).isEqualTo(8);
  }

  @Test
  void read_anyByteChanged_isRefused() throws IOException {
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 4;
      Files.write(file, bad);
      refused(file.toString());
    }
  }

  @Test
  void read_cutAnywhere_isRefused() throws IOException {
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      refused(file.toString());
    }
  }

  @Test
  void read_missing_saysWhatToGive() throws IOException {
    Files.delete(file);
    refused("is not a checkpoint file", "--resume");
  }

  @Test
  void read_foreign_saysSo() throws IOException {
    Files.writeString(file, "epoch,loss,accuracy\n1,0.3,0.8\n");
    refused("is not one of Brink's checkpoints");
  }

  @Test
  void read_damaged_saysHow() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 9] ^= 1;
    Files.write(file, bytes);
    refused(file.toString(), "is damaged: its checksum does not fit");
  }

  @Test
  void read_otherVersion_namesBoth() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[CheckpointFile.MAGIC.length] = 2;
    Files.write(file, bytes);
    refused("version 2", "version 1", "the program that wrote it");
  }

  @Test
  void write_failing_leavesTheOldOne() throws IOException {
    // a folder in the way of the part file fails the write as a full disk does
    Files.createDirectory(folder.resolve("a.checkpoint.part"));
    Files.createFile(folder.resolve("a.checkpoint.part").resolve("x"));
    assertThatThrownBy(() -> CheckpointFile.write(file, Samples.checkpoint("run-1", 8)))
        .isInstanceOf(IOException.class);
    assertThat(CheckpointFile.read(file).nextStep()).isEqualTo(7);
  }
}
