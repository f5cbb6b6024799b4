package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class LowRankTest {
  private static final DataOptions RAW = DataOptions.DEFAULT.withStandardize(false);

  private static Split load(String parameters, DataOptions options) {
    return DataSource.parse("synthetic:lowrank?" + parameters).load(options);
  }

  private static double[] values(Dataset data) {
    return ((Targets.Values) data.targets()).values();
  }

  @Test
  void load_withoutNoise_fillsAMatrixOfTheRank() {
    Split split = load("rows=12&columns=9&rank=3&observed=40&noise=0", RAW);
    Dataset train = split.train();
    Dataset test = Objects.requireNonNull(split.test());

    SimpleMatrix matrix = new SimpleMatrix(12, 9);
    Set<Integer> places = new HashSet<>();
    double[] place = new double[2];
    for (Dataset part : new Dataset[] {train, test}) {
      for (int i = 0; i < part.size(); i++) {
        part.features().copyRow(i, place, 0);
        assertThat(places.add((int) (9 * place[0] + place[1]))).isTrue();
        matrix.set((int) place[0], (int) place[1], values(part)[i]);
      }
    }
    assertThat(train.size()).isEqualTo(40);
    assertThat(places).hasSize(108);
    double[] singular = matrix.svd().getSingularValues();
    assertThat(singular[2]).isGreaterThan(0.5);
    // Singular values of a 12×9 matrix of norm below 20 are rounded by about 20·12·u.
    assertThat(singular[3]).isCloseTo(0, within(1e-13));
  }

  @Test
  void load_noise_isInTheObservedEntriesOnly() {
    Split noisy = load("rows=40&rank=2&observed=800&noise=2", RAW);
    Split clean = load("rows=40&rank=2&observed=800&noise=0", RAW);

    double square = 0;
    for (int i = 0; i < 800; i++) {
      double error = values(noisy.train())[i] - values(clean.train())[i];
      square += error * error / 800;
    }
    // Relative standard deviation of a mean square of 800 normal numbers: √(2/800) = 0.05.
    assertThat(square).isCloseTo(4, within(4 * 0.05 * 4));
    assertThat(values(Objects.requireNonNull(noisy.test())))
        .containsExactly(values(Objects.requireNonNull(clean.test())));
  }

  @Test
  void load_fewer_isTheBeginning() {
    double[] all = values(load("rows=20&observed=100", RAW).train());
    double[] some = values(load("rows=20&observed=100", RAW.withSizes(30, null)).train());

    assertThat(some).containsExactly(Arrays.copyOf(all, 30));
  }

  @Test
  void parse_moreEntriesThanThereAre_saysHowMany() {
    assertThatThrownBy(() -> load("rows=4&columns=5&observed=15&test=6", RAW))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "synthetic:lowrank: 15 observed and 6 test entries are more than the 4×5 = 20 there"
                + " are");
  }

  @Test
  void parse_rankAboveTheShorterSide_isRefused() {
    assertThatThrownBy(() -> load("rows=3&columns=9&rank=4", RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'rank' must be an integer from 1 to 3");
  }
}
