package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFilesTest {
  private static final DataOptions ALL =
      DataOptions.DEFAULT.withTestFraction(0).withStandardize(false);

  @TempDir Path folder;

  private Path write(String name, String type, int[] shape, double... values) throws IOException {
    return Files.write(folder.resolve(name), NumpyWriter.array(type, false, shape, values));
  }

  private static double[] zeros(int count) {
    return new double[count];
  }

  private static int[] shape(int... axes) {
    return axes;
  }

  private static Split load(Path x, Path y) {
    return load(x, y, "");
  }

  private static Split load(Path x, Path y, String parameters) {
    return DataSource.parse("npy:" + x + "," + y + parameters).load(ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<i8", ">i8", "|i1", "|u1", "<u2", ">u4", "<u8"})
  void load_integerTargets_areClasses(String type) throws IOException {
    Path x = write("x.npy", "<f8", shape(3, 2), 1, 2, 3, 4, 5, 6);
    Path y = write("y.npy", type, shape(3), 2, 0, 2);

    Dataset data = load(x, y).train();

    assertThat(data.dimension()).isEqualTo(2);
    assertThat(data.features().toArray()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    Targets.Classes classes = (Targets.Classes) data.targets();
    assertThat(classes.count()).isEqualTo(3);
    assertThat(classes.labels()).containsExactlyInAnyOrder(2, 0, 2);
  }

  @Test
  void load_truthValues_areTwoClasses() throws IOException {
    Path x = write("x.npy", "<f8", shape(3, 1), 1, 2, 3);
    Path y = write("y.npy", "|b1", shape(3), 1, 0, 1);

    assertThat(((Targets.Classes) load(x, y).train().targets()).labels())
        .containsExactlyInAnyOrder(1, 0, 1);
  }

  @Test
  void load_floatTargets_areNumbers() throws IOException {
    Path x = write("x.npy", "|u1", shape(2, 1, 1), 200, 1);
    Path y = write("y.npy", "<f8", shape(2, 1), 0.5, -1);

    Dataset data = load(x, y).train();

    assertThat(data.features().toArray()).containsExactlyInAnyOrder(200, 1);
    assertThat(data.targets()).isInstanceOf(Targets.Values.class);
    assertThat(load(x, y).description().warnings()).isEmpty();
  }

  @Test
  void load_wholeFloatsThatCountUp_areClassesAndThatIsSaid() throws IOException {
    Path x = write("x.npy", "<f8", shape(6, 1), 1, 2, 3, 4, 5, 6);
    Path y = write("y.npy", "<f4", shape(6), 0, 1, 2, 2, 1, 0);

    assertThat(((Targets.Classes) load(x, y).train().targets()).count()).isEqualTo(3);
    assertThat(load(x, y).description().warnings())
        .singleElement()
        .asString()
        .contains("read as classes; task=regression");
    assertThat(load(x, y, "?task=regression").train().targets()).isInstanceOf(Targets.Values.class);
    assertThat(load(x, y, "?task=regression").description().warnings()).isEmpty();
  }

  @Test
  void load_wholeFloatsOfAnyKind_areNumbersAndThatIsSaid() throws IOException {
    Path x = write("x.npy", "<f8", shape(6, 1), 1, 2, 3, 4, 5, 6);
    Path y = write("y.npy", "<f8", shape(6), 150, 75, 141, 206, 135, 97);

    assertThat(load(x, y).train().targets()).isInstanceOf(Targets.Values.class);
    assertThat(load(x, y).description().warnings())
        .singleElement()
        .asString()
        .contains("read as numbers; task=classification");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3,8,8  | ''              | 8×8×3 | n×channels×height×width
          1,8,8  | ''              | 8×8×1 | n×channels×height×width
          8,8,3  | ''              | 8×8×3 | n×height×width×channels
          8,8,1  | ''              | 8×8×1 | n×height×width×channels
          8,8,4  | ''              | 8×8×4 | n×height×width×channels
          3,8,3  | ?layout=nchw    | 8×3×3 | n×channels×height×width
          3,8,3  | ?layout=nhwc    | 3×8×3 | n×height×width×channels
          8,8,8  | ?layout=nhwc    | 8×8×8 | n×height×width×channels
          8,8    | ''              | 8×8×1 | n×height×width
          """)
  void load_imagesOfAnyLayout_areChannelsLast(
      String axes, String parameters, String image, String layout) throws IOException {
    int[] inner = Arrays.stream(axes.split(",")).mapToInt(Integer::parseInt).toArray();
    int length = Arrays.stream(inner).reduce(1, (a, b) -> a * b);
    int[] all = IntStream.concat(IntStream.of(2), Arrays.stream(inner)).toArray();
    double[] values = IntStream.range(0, 2 * length).mapToDouble(i -> i).toArray();
    Path x = write("x.npy", "<f8", all, values);
    Path y = write("y.npy", "<f8", shape(2), 0.5, -1);

    Split split = load(x, y, parameters);

    ImageShape found = Objects.requireNonNull(split.train().image());
    assertThat(found).hasToString(image);
    assertThat(split.description().layout()).isEqualTo(layout);
    double[] row = new double[length];
    split.train().features().copyRow(0, row, 0);
    double first = row[0];
    assertThat(first % length).isZero();
    for (int h = 0; h < found.height(); h++) {
      for (int w = 0; w < found.width(); w++) {
        for (int c = 0; c < found.channels(); c++) {
          int place =
              layout.startsWith("n×channels")
                  ? (c * found.height() + h) * found.width() + w
                  : (h * found.width() + w) * found.channels() + c;
          assertThat(row[found.index(h, w, c)]).isEqualTo(first + place);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3,8,3", "8,8,8", "2,8,8"})
  void load_layoutThatCannotBeTold_isRefused(String axes) throws IOException {
    int[] inner = Arrays.stream(axes.split(",")).mapToInt(Integer::parseInt).toArray();
    int[] all = IntStream.concat(IntStream.of(2), Arrays.stream(inner)).toArray();
    Path x = write("x.npy", "|u1", all, zeros(Arrays.stream(all).reduce(1, (a, b) -> a * b)));
    Path y = write("y.npy", "<f8", shape(2), 0.5, -1);

    assertThatThrownBy(() -> load(x, y))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("may have its channels first or last; say layout=nchw or");
    assertThat(load(x, y, "?layout=vectors").train().image()).isNull();
  }

  @Test
  void load_layoutOfOtherAxes_isRefused() throws IOException {
    Path x = write("x.npy", "<f8", shape(2, 2), 1, 2, 3, 4);
    Path y = write("y.npy", "<f8", shape(2), 0.5, 1);

    assertThatThrownBy(() -> load(x, y, "?layout=nchw"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("layout=nchw is one of four axes, found shape (2, 2)");
  }

  @Test
  void load_differentLengths_saysShape() throws IOException {
    Path x = write("x.npy", "<f8", shape(3, 1), 1, 2, 3);
    Path y = write("y.npy", "<i8", shape(2), 0, 1);

    assertThatThrownBy(() -> load(x, y))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected 3 targets")
        .hasMessageContaining("found shape (2,)");
  }

  @Test
  void load_oneHotTargets_saysWhatToSave() throws IOException {
    Path x = write("x.npy", "<f8", shape(2, 1), 1, 2);
    Path y = write("y.npy", "<f8", shape(2, 2), 0, 1, 1, 0);

    assertThatThrownBy(() -> load(x, y))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("y.argmax(axis=1)");
  }

  @Test
  void load_negativeClass_namesTheEntryAndAdvisesNoFloats() throws IOException {
    Path x = write("x.npy", "<f8", shape(2, 1), 1, 2);
    Path y = write("y.npy", "<i8", shape(2), 0, -1);

    assertThatThrownBy(() -> load(x, y))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("entry 1 is -1, expected a class from 0")
        .hasMessageContaining("numpy.unique(y, return_inverse=True)[1]");
  }

  @Test
  void load_testFiles_areTheTestSet() throws IOException {
    Path x = write("x.npy", "<f8", shape(4, 1), 1, 2, 3, 4);
    Path y = write("y.npy", "<i8", shape(4), 0, 1, 0, 1);
    Path xt = write("xt.npy", ">f4", shape(2, 1), 5, 6);
    Path yt = write("yt.npy", "|u1", shape(2), 1, 0);

    Split split = load(x, y, "?test=" + xt + "," + yt);

    assertThat(split.train().features().toArray()).containsExactly(1, 2, 3, 4);
    Dataset test = Objects.requireNonNull(split.test());
    assertThat(test.features().toArray()).containsExactly(5, 6);
    assertThat(((Targets.Classes) test.targets()).labels()).containsExactly(1, 0);
    assertThat(split.description().split()).isEqualTo(new SplitRule.Separate());
    assertThat(split.description().files()).hasSize(4);
  }

  @Test
  void load_testClassThatTrainingLacks_isRefused() throws IOException {
    Path x = write("x.npy", "<f8", shape(4, 1), 1, 2, 3, 4);
    Path y = write("y.npy", "<i8", shape(4), 0, 1, 0, 1);
    Path yt = write("yt.npy", "<i8", shape(4), 1, 0, 2, 0);

    assertThatThrownBy(() -> load(x, y, "?test=" + x + "," + yt))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "yt.npy: entry 2 is 2, expected a class of the training rows, 0 to 1");
  }

  private Path archive(String... names) throws IOException {
    Map<String, byte[]> members = new TreeMap<>();
    for (String name : names) {
      boolean features = name.startsWith("x") || name.startsWith("pixels");
      int rows = name.endsWith("test") ? 2 : 4;
      double[] values = IntStream.range(0, rows).mapToDouble(i -> i % 2).toArray();
      members.put(name, NumpyWriter.array(features ? "<f4" : "<i8", false, shape(rows), values));
    }
    return NumpyWriter.archive(folder.resolve("data.bin"), members);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x y                             | ''                       | none
          X Y                             | ''                       | none
          x_train y_train x_test y_test   | ''                       | 2
          pixels kinds                    | ?x=pixels&y=kinds        | none
          x y xq_test yq_test             | ?xtest=xq_test&ytest=yq_test | 2
          """)
  void load_archive_findsItsArrays(String names, String parameters, String test)
      throws IOException {
    Path file = archive(names.split(" "));

    Split split = DataSource.parse("npy:" + file + parameters).load(ALL);

    assertThat(split.train().size()).isEqualTo(4);
    assertThat(split.test() == null ? "none" : "" + split.test().size()).isEqualTo(test);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a b                    | ''               | no array is called x_train, train_x, x, features, images, data; say x=NAME; it has a, b
          x y                    | ?x=z             | no array 'z'; it has x, y
          x y                    | ?xtest=x         | xtest= and ytest= are given together
          """)
  void load_archiveWithoutTheArrays_namesThoseItHas(String names, String parameters, String message)
      throws IOException {
    Path file = archive(names.split(" "));

    assertThatThrownBy(() -> DataSource.parse("npy:" + file + parameters).load(ALL))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void load_damagedArchive_isOneLine() throws IOException {
    byte[] bytes = Files.readAllBytes(archive("x", "y"));
    for (int cut : new int[] {5, bytes.length / 2, bytes.length - 1}) {
      Path file = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(bytes, cut));

      assertThatThrownBy(() -> DataSource.parse("npy:" + file).load(ALL))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("cut.npz: not an .npz archive")
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void load_webPage_isCalledSo() throws IOException {
    Path x = Files.writeString(folder.resolve("x.npy"), "\n<!DOCTYPE html><html>404</html>");

    assertThatThrownBy(() -> load(x, x))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("x.npy: is an HTML page, not data");
  }
}
