package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFolderTest {
  private static final DataOptions RAW = DataOptions.DEFAULT.withStandardize(false);

  @TempDir Path folder;

  @BeforeEach
  void writeFolder() throws IOException {
    CifarFiles.write(folder, 4, 3, 7);
  }

  private Split load(DataOptions options) {
    return DataSource.parse("cifar10:" + folder).load(options);
  }

  @Test
  void load_wholeFolder_givesEveryRecordInOrder() throws IOException {
    Split split = load(RAW);

    assertThat(split.train().size()).isEqualTo(20);
    assertThat(split.train().dimension()).isEqualTo(3072);
    assertThat(split.train().image()).isEqualTo(new ImageShape(32, 32, 3));
    byte[] third = Files.readAllBytes(folder.resolve("data_batch_3.bin"));
    int record = 2 * 3073;
    double[] expected = new double[3072];
    // The file has planes, the row has the three colours of each pixel together.
    Arrays.setAll(expected, j -> (third[record + 1 + j % 3 * 1024 + j / 3] & 0xff) / 255.0);
    double[] row = new double[3072];
    split.train().features().copyRow(10, row, 0);
    assertThat(row).containsExactly(expected);
    Targets.Classes classes = (Targets.Classes) split.train().targets();
    assertThat(classes.count()).isEqualTo(10);
    assertThat(classes.labels()[10]).isEqualTo(third[record]);
    assertThat(Objects.requireNonNull(split.test()).size()).isEqualTo(3);
  }

  @Test
  void load_subset_crossesFilesAndIsTheBeginning() {
    Split all = load(RAW);
    Split some = load(RAW.withSizes(6, 2));

    assertThat(some.train().size()).isEqualTo(6);
    assertThat(some.train().features().toArray())
        .containsExactly(Arrays.copyOf(all.train().features().toArray(), 6 * 3072));
    assertThat(Objects.requireNonNull(some.test()).size()).isEqualTo(2);
  }

  @Test
  void load_folderAboveTheExtractedOne_findsIt() throws IOException {
    CifarFiles.write(folder.resolve("up/cifar-10-batches-bin"), 2, 1, 1);

    Split split = DataSource.parse("cifar10:" + folder.resolve("up")).load(RAW);

    assertThat(split.train().size()).isEqualTo(10);
  }

  @Test
  void load_noTestAsked_needsNoTestFile() throws IOException {
    Files.delete(folder.resolve("test_batch.bin"));

    assertThat(load(RAW.withSizes(null, 0)).test()).isNull();
  }

  @Test
  void load_missingFiles_namesThemAll() throws IOException {
    Files.delete(folder.resolve("data_batch_2.bin"));
    Files.delete(folder.resolve("test_batch.bin"));

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder + ": missing data_batch_2.bin, test_batch.bin; ")
        .hasMessageContaining("cifar-10-binary.tar.gz");
  }

  @Test
  void load_missingFolder_namesIt() {
    assertThatThrownBy(() -> DataSource.parse("cifar10:/no/such/folder").load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("/no/such/folder: missing data_batch_1.bin");
  }

  @Test
  void load_truncatedFile_saysSizes() throws IOException {
    Path file = folder.resolve("data_batch_4.bin");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 3073 + 5));

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_4.bin: expected a multiple of 3073 bytes")
        .hasMessageContaining("found 3078 bytes");
  }

  @Test
  void load_labelAboveNine_namesTheRecord() throws IOException {
    Path file = folder.resolve("data_batch_1.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[2 * 3073] = 10;
    Files.write(file, bytes);

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_1.bin: record 2 has label 10, expected 0 to 9");
  }

  @Test
  void load_moreThanThereIs_saysHowManyThereAre() {
    assertThatThrownBy(() -> load(RAW.withSizes(21, null)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("--train-size 21 asks for more examples than there are");
  }

  /** Records of two labels: coarse i % 20, fine i. */
  private static void hundred(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : new String[] {"train.bin", "test.bin"}) {
      byte[] bytes = new byte[200 * 3074];
      for (int i = 0; i < 200; i++) {
        bytes[i * 3074] = (byte) (i % 20);
        bytes[i * 3074 + 1] = (byte) (i % 100);
        bytes[i * 3074 + 2] = (byte) i;
      }
      Files.write(folder.resolve(name), bytes);
    }
  }

  @Test
  void load_hundredClasses_takesTheFineLabelsOrTheCoarseOnes() throws IOException {
    Path root = folder.resolve("hundred");
    hundred(root.resolve("cifar-100-binary"));
    Files.writeString(
        root.resolve("cifar-100-binary/coarse_label_names.txt"), "fish\n" + "other\n".repeat(19));

    Split fine = DataSource.parse("cifar100:" + root).load(RAW);
    Split coarse = DataSource.parse("cifar100:" + root + "?labels=coarse").load(RAW);

    assertThat(((Targets.Classes) fine.train().targets()).labels()[130]).isEqualTo(30);
    assertThat(((Targets.Classes) coarse.train().targets()).labels()[130]).isEqualTo(10);
    double[] row = new double[3072];
    fine.train().features().copyRow(130, row, 0);
    assertThat(row[0]).isEqualTo(130 / 255.0);
    assertThat(((DataDescription.Classification) coarse.description().task()).classes().getFirst())
        .isEqualTo(new DataDescription.ClassCount("fish", 10, 10));
    assertThat(coarse.description().warnings()).isEmpty();
  }

  @Test
  void load_webPageInPlaceOfAFile_isCalledSo() throws IOException {
    Files.writeString(folder.resolve("data_batch_2.bin"), "<html>404</html>");

    assertThatThrownBy(() -> load(RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_2.bin: is an HTML page, not data");
  }
}
