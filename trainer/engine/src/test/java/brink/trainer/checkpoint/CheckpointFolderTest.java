package brink.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("new").resolve("checkpoints");
  }

  private List<String> names() {
    return CheckpointFolder.newestFirst(folder()).stream()
        .map(file -> Objects.requireNonNull(file.getFileName()).toString())
        .toList();
  }

  @Test
  void write_several_keepsTheNewestTwo() throws IOException {
    try (CheckpointFolder checkpoints = CheckpointFolder.ofNewRun(folder())) {
      for (long step : new long[] {5, 90, 1_000}) {
        Path file = checkpoints.write(Samples.checkpoint("run-1", step));
        assertThat(CheckpointFile.read(file).nextStep()).isEqualTo(step);
      }
    }
    assertThat(names())
        .containsExactly("step-000000001000.checkpoint", "step-000000000090.checkpoint");
  }

  @Test
  void write_resumedFromTheOlder_keepsWhatItWrites() throws IOException {
    try (CheckpointFolder checkpoints = CheckpointFolder.ofNewRun(folder())) {
      checkpoints.write(Samples.checkpoint("run-1", 10));
      checkpoints.write(Samples.checkpoint("run-1", 20));
    }
    try (CheckpointFolder checkpoints = CheckpointFolder.ofResumedRun(folder(), "run-1")) {
      Path file = checkpoints.write(Samples.checkpoint("run-1", 15));
      assertThat(file).exists();
    }
  }

  @Test
  void ofNewRun_checkpointsThere_saysHowToResume() throws IOException {
    try (CheckpointFolder checkpoints = CheckpointFolder.ofNewRun(folder())) {
      checkpoints.write(Samples.checkpoint("run-1", 5));
    }
    assertThatThrownBy(() -> CheckpointFolder.ofNewRun(folder()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("--resume " + folder(), "--checkpoint-dir");
  }

  @Test
  void ofResumedRun_anotherRuns_namesBoth() throws IOException {
    try (CheckpointFolder checkpoints = CheckpointFolder.ofNewRun(folder())) {
      checkpoints.write(Samples.checkpoint("run-1", 5));
    }
    assertThatThrownBy(() -> CheckpointFolder.ofResumedRun(folder(), "run-2"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("run-1", "run-2");
  }

  @Test
  void open_inUse_isRefused() {
    try (CheckpointFolder inUse = CheckpointFolder.ofNewRun(folder())) {
      assertThat(inUse).isNotNull();
      assertThatThrownBy(() -> CheckpointFolder.ofNewRun(folder()))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("another process");
    }
  }

  @Test
  void open_placeTakenByAFile_isRefused() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> CheckpointFolder.ofNewRun(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("--checkpoint-dir");
  }

  @Test
  void write_folderGone_failsAsAFullDiskDoes() throws IOException {
    try (CheckpointFolder checkpoints = CheckpointFolder.ofNewRun(folder())) {
      Files.delete(folder().resolve(".lock"));
      Files.delete(folder());
      assertThatThrownBy(() -> checkpoints.write(Samples.checkpoint("run-1", 5)))
          .isInstanceOf(IOException.class);
    }
  }
}
