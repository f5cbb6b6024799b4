package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardizationTest {
  @Test
  void fit_largeOffset_keepsMeanAndVarianceToRounding() {
    int n = 1000;
    double offset = 1e6;
    double[] values = new Random(3).doubles(n).map(u -> offset + u).toArray();
    Features features = new DenseFeatures(n, 1, values);

    double[] mapped = Standardization.fit(features).apply(features).toArray();

    double mean = 0;
    double square = 0;
    for (double value : mapped) {
      mean += value / n;
      square += value * value / n;
    }
    // The entries near 1e6 are spaced by 1.2e-10 and divided by a deviation of about 0.29.
    double rounding = Math.ulp(offset) / 0.28;
    assertThat(mean).isCloseTo(0, within(rounding));
    assertThat(square).isCloseTo(1, within(4 * rounding));
  }

  @Test
  void fit_constantColumn_isOnlyCentred() {
    Features features = new DenseFeatures(3, 2, new double[] {0.1, 1, 0.1, 2, 0.1, 3});

    Standardization fitted = Standardization.fit(features);

    assertThat(fitted.means()).containsExactly(0.1, 2);
    assertThat(fitted.deviations()[0]).isEqualTo(1);
    double[] row = new double[2];
    fitted.apply(new DenseFeatures(1, 2, new double[] {5.1, 2})).copyRow(0, row, 0);
    assertThat(row).containsExactly(5.1 - 0.1, 0);
  }

  @Test
  void fit_images_mapsEachChannelByOneMeanAndDeviation() {
    byte[][] pixels = {{0, 9, 2, 9}, {4, 9, 2, 9}};
    Features images = new ByteFeatures(pixels, new ImageShape(1, 2, 2));

    Standardization fitted = Standardization.fit(images);

    // First channel 0, 2, 4, 2 (of 255), second channel constant.
    double rounding = Math.ulp(1.0);
    double[] expected = {2 / 255.0, 9 / 255.0, 2 / 255.0, 9 / 255.0};
    assertThat(fitted.means()).containsExactly(expected, within(rounding));
    double deviation = Math.sqrt(2) / 255;
    assertThat(fitted.deviations())
        .containsExactly(new double[] {deviation, 1, deviation, 1}, within(rounding));
    assertThat(fitted.apply(images).image()).isEqualTo(new ImageShape(1, 2, 2));
  }

  @Test
  void standardize_testPart_isMappedByTheTrainingPart() {
    Targets targets = new Targets.Values(new double[] {1, 2});
    Dataset train = new Dataset("a", new DenseFeatures(2, 1, new double[] {-2, 2}), targets);
    Dataset test = new Dataset("a", new DenseFeatures(2, 1, new double[] {4, 6}), targets);

    Split split = Standardization.standardize(new Split(train, test));

    assertThat(split.train().features().toArray()).containsExactly(-1, 1);
    assertThat(Objects.requireNonNull(split.test()).features().toArray()).containsExactly(2, 3);
  }
}
