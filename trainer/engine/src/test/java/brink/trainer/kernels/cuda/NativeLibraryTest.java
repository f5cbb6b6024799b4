package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void find_olderLibraryInTheFolderThatTheUserNamed_isTakenBeforeANewerOne() throws IOException {
    Path installed = Emulation.folder();
    Files.createSymbolicLink(
        folder.resolve("libcublas.so.12"), installed.resolve("libcublas.so.13"));
    LibraryFolders folders = new LibraryFolders(List.of(folder), false, List.of(installed));

    NativeLibrary found =
        NativeLibrary.find(folders, List.of("libcublas.so.13", "libcublas.so.12"));

    assertThat(Objects.requireNonNull(found).soname()).isEqualTo("libcublas.so.12");
  }
}
