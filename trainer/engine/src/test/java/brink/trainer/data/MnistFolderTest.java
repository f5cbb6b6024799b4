package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        .hasMessageContaining(
            "expected one IDX file of labels for testing, found t10k-images-idx3-ubyte.gz with"
                + " images; without a test set say --test-size 0");
  }

  @Test
  void load_labelsInPlaceOfImages_saysHeaders() throws IOException {
    Files.copy(folder.resolve("train-images-idx3-ubyte"), folder.resolve("copy"));
    Files.delete(folder.resolve("train-labels-idx1-ubyte"));
    Files.move(folder.resolve("copy"), folder.resolve("train-labels-idx1-ubyte"));

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "expected one IDX file of images, found train-images-idx3-ubyte with images,"
                + " train-labels-idx1-ubyte with images");
  }

  @Test
  void load_truncatedImages_saysSo() throws IOException {
    Path file = folder.resolve("train-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-images-idx3-ubyte: ends before its last example");
  }

  private static DataDescription describe(String source) {
    return DataSource.parse(source).load(RAW).description();
  }

  @ParameterizedTest
  @ValueSource(strings = {"MNIST/raw", "raw", "gzip", ""})
  void load_folderOfOtherPrograms_isFound(String below) throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    IdxWriter.part(root.resolve(below), "train-%s-ubyte", 20, i -> i % 10, false);
    IdxWriter.part(root.resolve(below), "t10k-%s-ubyte", 10, i -> i % 10, true);

    DataDescription data = describe("mnist:" + root);

    assertThat(data.trainRows()).isEqualTo(20);
    assertThat(data.testRows()).isEqualTo(10);
    assertThat(data.image()).isEqualTo(new ImageShape(4, 5, 1));
    assertThat(data.divisor()).isEqualTo(255);
  }

  @Test
  void load_zippedFileWithoutItsEnding_isUnpacked() throws IOException {
    Path root = folder.resolve("root");
    IdxWriter.part(root, "train-%s", 20, i -> i % 10, true);
    IdxWriter.part(root, "test-%s.gz", 10, i -> i % 10, false);

    assertThat(describe("mnist:" + root).testRows()).isEqualTo(10);
  }

  @Test
  void load_plainAndZippedCopies_readsThePlainOnes() throws IOException {
    Path root = folder.resolve("root");
    IdxWriter.part(root, "train-%s-ubyte", 20, i -> i % 10, false);
    IdxWriter.part(root, "train-%s-ubyte.gz", 30, i -> i % 10, true);

    Split split = DataSource.parse("mnist:" + root).load(RAW.withSizes(null, 0));

    assertThat(split.train().size()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"letters, 1, 26, A", "balanced, 0, 47, 0", "byclass, 0, 62, 0", "digits, 0, 10, 0"})
  void load_setOfEmnist_hasItsClasses(String set, int first, int classes, String name)
      throws IOException {
    Path root = folder.resolve("root");
    for (String part : new String[] {"train", "test"}) {
      IdxWriter.part(
          root, "emnist-" + set + "-" + part + "-%s-ubyte.gz", 124, i -> i % classes + first, true);
      IdxWriter.part(root, "emnist-mnist-" + part + "-%s-ubyte.gz", 20, i -> i % 10, true);
    }

    DataDescription data = describe("mnist:" + root + "?set=" + set);

    List<DataDescription.ClassCount> found =
        ((DataDescription.Classification) data.task()).classes();
    assertThat(found).hasSize(classes).allMatch(c -> c.train() > 0);
    assertThat(found.getFirst().name()).isEqualTo(name);
    assertThatThrownBy(() -> describe("mnist:" + root))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds several data sets; say set= and one of emnist-");
  }

  @Test
  void load_twoFilesOfAnyName_areReadByTheirHeaders() throws IOException {
    Path x = Files.write(folder.resolve("x"), IdxWriter.gzipped(IdxWriter.images(12, 3, 3)));
    Path y = Files.write(folder.resolve("y"), IdxWriter.labels(12, i -> i % 3));

    assertThat(describe("mnist:" + x + "," + y).testRows()).isZero();
    assertThat(describe("mnist:" + x + "," + y + "?test=" + x + "," + y).testRows()).isEqualTo(12);
    assertThatThrownBy(() -> describe("mnist:" + y + "," + x))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("y: expected images (IDX header 0x00000803), found labels");
  }

  @Test
  void load_webPageInPlaceOfAFile_isCalledSo() throws IOException {
    Files.writeString(
        folder.resolve("train-images-idx3-ubyte"), "<!DOCTYPE html><html><body>404</body></html>");

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-images-idx3-ubyte: is an HTML page, not data");
  }

  @Test
  void load_headerThatPromisesTooMuch_isRefused() throws IOException {
    for (String name : new String[] {"train-images-idx3-ubyte", "train-labels-idx1-ubyte"}) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      bytes[4] = 0x7f;
      Files.write(folder.resolve(name), bytes);
    }

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("ends before its last example");
  }

  @Test
  void load_emptyFolder_saysWhatIsExpected() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(() -> DataSource.parse("mnist:" + empty).load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no IDX files (such as train-images-idx3-ubyte");
  }
}
