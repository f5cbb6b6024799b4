package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistFolderTest {
  private static final DataOptions RAW = DataOptions.DEFAULT.withStandardize(false);

  @TempDir Path folder;

  @BeforeEach
  void writeFolder() throws IOException {
    write("train", 5, "");
    write("t10k", 3, ".gz");
  }

  private void write(String prefix, int count, String suffix) throws IOException {
    try (DataOutputStream out = open(prefix + "-images-idx3-ubyte" + suffix)) {
      out.writeInt(0x803);
      out.writeInt(count);
      out.writeInt(2);
      out.writeInt(3);
      for (int i = 0; i < 6 * count; i++) {
        out.write(40 * i);
      }
    }
    try (DataOutputStream out = open(prefix + "-labels-idx1-ubyte" + suffix)) {
      out.writeInt(0x801);
      out.writeInt(count);
      for (int i = 0; i < count; i++) {
        out.write(9 - i);
      }
    }
  }

  private DataOutputStream open(String name) throws IOException {
    OutputStream out = Files.newOutputStream(folder.resolve(name));
    return new DataOutputStream(name.endsWith(".gz") ? new GZIPOutputStream(out) : out);
  }

  private Split load(DataOptions options) {
    return DataSource.parse("mnist:" + folder).load(options);
  }

  @Test
  void load_plainAndGzipped_givesImagesAndLabels() {
    Split split = load(RAW);

    assertThat(split.train().dimension()).isEqualTo(6);
    assertThat(split.train().image()).isEqualTo(new ImageShape(2, 3, 1));
    double[] row = new double[6];
    split.train().features().copyRow(1, row, 0);
    assertThat(row)
        .containsExactly(
            240 / 255.0, 24 / 255.0, 64 / 255.0, 104 / 255.0, 144 / 255.0, 184 / 255.0);
    assertThat(((Targets.Classes) split.train().targets()).labels()).containsExactly(9, 8, 7, 6, 5);
    assertThat(Objects.requireNonNull(split.test()).size()).isEqualTo(3);
  }

  @Test
  void load_subset_readsTheBeginning() {
    Split split = load(RAW.withSizes(2, 0));

    assertThat(split.train().size()).isEqualTo(2);
    assertThat(split.test()).isNull();
  }

  @Test
  void load_missingFile_namesIt() throws IOException {
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("missing t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz");
  }

  @Test
  void load_labelsInPlaceOfImages_saysHeaders() throws IOException {
    Files.copy(folder.resolve("train-images-idx3-ubyte"), folder.resolve("copy"));
    Files.delete(folder.resolve("train-labels-idx1-ubyte"));
    Files.move(folder.resolve("copy"), folder.resolve("train-labels-idx1-ubyte"));

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected the IDX header 0x00000801, found 0x00000803");
  }

  @Test
  void load_truncatedImages_saysSo() throws IOException {
    Path file = folder.resolve("train-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("one of the train files ends before its last example");
  }
}
