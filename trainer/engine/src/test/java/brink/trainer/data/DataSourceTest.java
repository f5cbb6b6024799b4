package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourceTest {
  private static Split load(String argument, DataOptions options) {
    return DataSource.parse(argument).load(options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "iris", "parquet:x", "CSV:x"})
  void parse_unknownSource_listsThePossibilities(String argument) {
    assertThatThrownBy(() -> DataSource.parse(argument))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("unknown source")
        .hasMessageContainingAll("synthetic:", "csv:FILE", "cifar10:DIR", "mnist:DIR", "npy:X,Y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          csv:                          | nothing after the colon
          synthetic:spiral              | expected synthetic:teacher, regression, digits or lowrank
          synthetic:teacher?k=3         | unknown parameter 'k', expected one of n, test, d, classes
          synthetic:regression?classes=3| unknown parameter 'classes', expected one of n, test, d, noise
          synthetic:teacher?n=many      | parameter 'n' must be an integer ≥ 2, found 'many'
          synthetic:teacher?n=          | parameter 'n' has no value
          synthetic:teacher?n=5&n=6     | parameter 'n' is given twice
          synthetic:teacher?noise=1.5   | parameter 'noise' must be a number in [0.0, 1.0], found '1.5'
          synthetic:teacher?classes=1   | parameter 'classes' must be an integer ≥ 2, found '1'
          csv:x.csv?task=ranking        | unknown task 'ranking', expected classification or regression
          npy:x.npy                     | expected two files separated by a comma
          npy:x.npy,y.npy?layout=hwc    | parameter 'layout' must be nchw or nhwc or vectors, found 'hwc'
          npy:x.npy,y.npy?x=a           | parameter 'x' names an array of one .npz file
          npy:x.npz?test=a,b            | name the arrays for testing by xtest= and ytest=
          npy:x.npy,y.npy?test=a        | expected two files separated by a comma
          csv:x.csv?header=maybe        | parameter 'header' must be yes or no, found 'maybe'
          csv:x.csv?separator=ab        | must be one character or one of comma, pipe, semicolon, space, tab, found 'ab'
          csv:x.csv?separator=5         | parameter 'separator' must be comma, semicolon
          csv:x.csv?decimal=;           | parameter 'decimal' must be a comma or a point, found ';'
          csv:x.csv?decimal=,&separator=, | parameter 'separator' must be comma, semicolon
          csv:x.csv?comment=1           | parameter 'comment' must be a mark
          csv:x.csv?skip=-1             | parameter 'skip' must be an integer ≥ 0, found '-1'
          csv:x.csv?fraction=2          | parameter 'fraction' must be a number in [0.0, 1.0], found '2'
          csv:x.csv?test=y.csv&fraction=0.5 | with test=y.csv nothing is held out
          cifar100:x?labels=all         | parameter 'labels' must be fine or coarse, found 'all'
          mnist:/no/such?test=a,b       | test=IMAGES,LABELS goes with mnist:IMAGES,LABELS
          synthetic:teacher?n=2000000000| do not fit into one table
          """)
  void parse_badArgument_saysWhatWasExpected(String argument, String message) {
    assertThatThrownBy(() -> DataSource.parse(argument))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void teacher_parameters_giveShapes() {
    Split split = load("synthetic:teacher?n=60&test=7&d=4&classes=3&noise=0", DataOptions.DEFAULT);

    assertThat(split.train().size()).isEqualTo(60);
    assertThat(split.train().dimension()).isEqualTo(4);
    assertThat(Objects.requireNonNull(split.test()).size()).isEqualTo(7);
    assertThat(((Targets.Classes) split.train().targets()).count()).isEqualTo(3);
  }

  @Test
  void teacher_sameSeed_repeatsAndAnotherDiffers() {
    String source = "synthetic:teacher?n=40&d=3";
    double[] first = load(source, DataOptions.DEFAULT).train().features().toArray();
    double[] again = load(source, DataOptions.DEFAULT).train().features().toArray();
    double[] other = load(source, DataOptions.DEFAULT.withSeed(1)).train().features().toArray();

    assertThat(again).containsExactly(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void teacher_noise_replacesAboutItsShareOfLabels() {
    int n = 2000;
    int[] clean = labels("synthetic:teacher?n=2000&classes=4&noise=0");
    int[] noisy = labels("synthetic:teacher?n=2000&classes=4&noise=1");
    int[] counts = new int[4];
    for (int label : noisy) {
      counts[label]++;
    }

    assertThat(clean).isNotEqualTo(noisy);
    // Binomial(2000, 1/4) has deviation 19.4; five of them.
    assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - n / 4) <= 97);
  }

  private static int[] labels(String source) {
    return ((Targets.Classes) load(source, DataOptions.DEFAULT).train().targets()).labels();
  }

  @Test
  void regression_withoutNoise_isLinear() {
    DataOptions raw = DataOptions.DEFAULT.withStandardize(false);
    Split split = load("synthetic:regression?n=3&d=1&noise=0", raw);
    double[] x = split.train().features().toArray();
    double[] y = ((Targets.Values) split.train().targets()).values();

    // With one column y = βx: one product each, rounded once.
    double slope = y[0] / x[0];
    for (int i = 1; i < 3; i++) {
      assertThat(Math.abs(y[i] - slope * x[i])).isLessThan(4 * Math.ulp(y[i]));
    }
  }

  @Test
  void synthetic_smallerTrainSize_isTheBeginning() {
    DataOptions raw = DataOptions.DEFAULT.withStandardize(false);
    Split all = load("synthetic:regression?n=9&d=2", raw);
    Split some = load("synthetic:regression?n=9&d=2", raw.withSizes(4, 0));

    assertThat(some.test()).isNull();
    assertThat(some.train().size()).isEqualTo(4);
    assertThat(all.train().features().toArray()).startsWith(some.train().features().toArray());
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThatThrownBy(() -> DataOptions.DEFAULT.withSizes(1, null))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("--train-size must be at least 2, found 1");
    assertThatThrownBy(() -> DataOptions.DEFAULT.withTestFraction(1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("--test-fraction must be in [0, 1), found 1.0");
  }
}
