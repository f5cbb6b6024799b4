package brink.trainer.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** Reasons in plain words. */
class FileTroubleTest {
  @Test
  void of_failures_areWordsAndNoClasses() {
    assertThat(FileTrouble.of(new AccessDeniedException("/a"))).isEqualTo("permission denied");
    assertThat(FileTrouble.of(new NoSuchFileException("/a"))).isEqualTo("no such file or folder");
    assertThat(FileTrouble.of(new FileAlreadyExistsException("/a")))
        .isEqualTo("/a exists and is not a folder");
    assertThat(FileTrouble.of(new FileSystemException("/a", null, "Read-only file system")))
        .isEqualTo("read-only file system");
    assertThat(FileTrouble.of(new FileSystemException("/a")))
        .isEqualTo("the system gives no reason");
    assertThat(FileTrouble.of(new IOException("Not in GZIP format\nmore")))
        .isEqualTo("not in GZIP format");
    assertThat(FileTrouble.of(new IOException())).isEqualTo("the system gives no reason");
  }
}
