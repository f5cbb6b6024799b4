package brink.distribution.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  void open_missingFolder_makesAndFormatsIt() {
    Path deep = folder.resolve("a/b");

    try (DataDirectory directory = DataDirectory.open(deep)) {
      assertThat(directory).isNotNull();
      assertThat(deep.resolve("meta.properties")).content().contains("node.id=1", "cluster.id=");
    }
  }

  @Test
  void open_formattedFolder_keepsItsClusterId() throws IOException {
    DataDirectory.open(folder).close();
    String before = Files.readString(folder.resolve("meta.properties"));

    DataDirectory.open(folder).close();

    assertThat(folder.resolve("meta.properties")).hasContent(before);
  }

  @Test
  void open_formattingThatWasCutShort_formatsAgain() throws IOException {
    DataDirectory.open(folder).close();
    Files.delete(folder.resolve("meta.properties"));

    DataDirectory.open(folder).close();

    assertThat(folder.resolve("meta.properties")).exists();
  }

  @Test
  void open_folderOfSomethingElse_leavesItAloneAndSaysSo() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "");

    assertThatThrownBy(() -> DataDirectory.open(folder))
        .isInstanceOf(BrokerException.class)
        .hasMessage(
            folder
                + " holds thesis.tex, which is not a broker's data; use an empty folder for"
                + " --data-dir");
    assertThat(folder).isDirectoryNotContaining("glob:**meta.properties");
  }

  @Test
  void open_whereAFileIs_saysThatItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(BrokerException.class)
        .hasMessageStartingWith("cannot write to " + file);
  }

  @Test
  void open_lockedFolder_isRefusedUntilItIsReleased() {
    DataDirectory first = DataDirectory.open(folder);

    assertThatThrownBy(() -> DataDirectory.open(folder))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("another broker uses");

    first.close();
    DataDirectory.open(folder).close();
  }
}
