package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.data.DataDescription.FeatureScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDescriptionTest {
  @TempDir Path folder;

  private static DataDescription describe(String source) {
    return DataSource.parse(source).load(DataOptions.DEFAULT.withSeed(1)).description();
  }

  private Path flowers() throws IOException {
    StringBuilder text = new StringBuilder("length,width,kind\n");
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      text.append(random.nextGaussian())
          .append(',')
          .append(random.nextGaussian())
          .append(',')
          .append("abcde".charAt(i % 5))
          .append('\n');
    }
    return Files.writeString(folder.resolve("flowers.csv"), text);
  }

  @Test
  void line_ofATable_saysAllOfIt() throws IOException {
    assertThat(describe("csv:" + flowers()).line())
        .isEqualTo(
            "flowers.csv: 40 rows to train on, 10 to test on (of 50, shuffled with seed 1), 2"
                + " features (length, width), 5 classes of column 3, kind (a: 7, b: 8, c: 7, d: 10,"
                + " e: 8); features standardized by column");
  }

  @Test
  void line_ofDrawnData_namesTheSeed() {
    assertThat(describe("synthetic:regression?n=30&d=6&test=10").line())
        .isEqualTo(
            "drawn: 30 rows to train on, 10 to test on (both with seed 1), 6 features, regression;"
                + " features standardized by column, targets as they are");
    assertThat(describe("synthetic:digits?n=20&test=0&classes=2&size=8").line())
        .isEqualTo(
            "drawn: 20 rows to train on, none to test on (seed 1), images of 8×8×1"
                + " (height×width×channels, divided by 255), 2 classes (0: 10, 1: 10); features"
                + " standardized by channel");
  }

  @Test
  void line_ofStandardizedTargets_saysByWhat() {
    assertThat(describe("synthetic:regression?n=30&d=6").withTargets(0.5, 2).line())
        .endsWith("targets standardized (mean 0.5000, deviation 2.000)");
  }

  @Test
  void line_textOfAFile_isEscapedAndCut() throws IOException {
    Path file = folder.resolve("hostile.csv");
    String name = "\u001b[31m" + "x".repeat(100);
    Files.writeString(file, name + ",b,k\n1,2,\u202eabc\n3,4,\u202eabc\n5,6,y\n7,8,y\n");

    assertThat(describe("csv:" + file).line())
        .contains("(\\u001b[31mx", "…", "\\u202eabc: ")
        .doesNotContain("\u001b", "\u202e", "x".repeat(61));
  }

  @Test
  void scaling_asLoaded_isSaid() throws IOException {
    String source = "csv:" + flowers();
    DataOptions raw = DataOptions.DEFAULT.withStandardize(false);

    assertThat(describe(source).scaling()).isEqualTo(FeatureScaling.COLUMNS);
    assertThat(DataSource.parse(source).load(raw).description().scaling())
        .isEqualTo(FeatureScaling.NONE);
  }

  /** Nothing but the description, the file and java.util.Random's specification. */
  @Test
  void shuffledSplit_recomputedFromTheDescription_hasTheSameRows() throws IOException {
    Path file = flowers();
    Split split = DataSource.parse("csv:" + file).load(DataOptions.DEFAULT.withSeed(9));
    SplitRule.Shuffled rule = (SplitRule.Shuffled) split.description().split();
    List<Integer> order = permutation(rule);
    List<double[]> all = new ArrayList<>();
    for (String line : Files.readAllLines(file).subList(1, 51)) {
      String[] cells = line.split(",", -1);
      all.add(new double[] {Double.parseDouble(cells[0]), Double.parseDouble(cells[1])});
    }
    List<double[]> train =
        order.subList(rule.heldOut(), rule.rows()).stream().map(all::get).toList();

    for (int column = 0; column < 2; column++) {
      int j = column;
      double mean = train.stream().mapToDouble(row -> row[j]).average().orElseThrow();
      double deviation =
          Math.sqrt(
              train.stream().mapToDouble(row -> (row[j] - mean) * (row[j] - mean)).sum()
                  / train.size());
      double[] row = new double[2];
      for (int i = 0; i < train.size(); i++) {
        split.train().features().copyRow(i, row, 0);
        // Sums of 40 numbers of about 1, in another order, and a division.
        assertThat(row[j]).isCloseTo((train.get(i)[j] - mean) / deviation, within(1e-13));
      }
    }
    assertThat(Objects.requireNonNull(split.test()).size()).isEqualTo(rule.heldOut());
  }

  /** As docs/data.md says it. */
  private static List<Integer> permutation(SplitRule.Shuffled rule) {
    long z = rule.seed() + 0x9e3779b97f4a7c15L * "split".hashCode();
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    Random random = new Random(z ^ (z >>> 31));
    List<Integer> order = new ArrayList<>(IntStream.range(0, rule.rows()).boxed().toList());
    for (int i = rule.rows() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order.get(i);
      order.set(i, order.get(j));
      order.set(j, swapped);
    }
    return order;
  }
}
