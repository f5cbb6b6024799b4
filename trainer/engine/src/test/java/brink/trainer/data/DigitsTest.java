package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static final DataOptions RAW = DataOptions.DEFAULT.withStandardize(false);

  private static Split load(String parameters, DataOptions options) {
    return DataSource.parse("synthetic:digits?" + parameters).load(options);
  }

  private static byte[] bytes(Dataset data) {
    double[] values = data.features().toArray();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(255 * values[i]);
    }
    return bytes;
  }

  private static int[] labels(Dataset data) {
    return ((Targets.Classes) data.targets()).labels();
  }

  @Test
  void load_sameSeed_givesTheSameBytesOnEveryMachine() {
    CRC32 checksum = new CRC32();

    checksum.update(bytes(load("n=20&test=0&size=16", RAW.withSeed(5)).train()));

    // Taken once; StrictMath and java.util.Random leave no freedom.
    assertThat(Long.toHexString(checksum.getValue())).isEqualTo("51d6347f");
  }

  @Test
  void load_anySizeAndColours_haveTheirShape() {
    Split split = load("n=12&test=3&size=9&channels=3&classes=4", RAW);

    assertThat(split.train().image()).isEqualTo(new ImageShape(9, 9, 3));
    assertThat(split.train().dimension()).isEqualTo(243);
    assertThat(Objects.requireNonNull(split.test()).size()).isEqualTo(3);
    assertThat(labels(split.train())).containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);
  }

  @Test
  void load_more_beginsWithTheFewerAndKeepsTheTestSet() {
    Split few = load("n=10&test=5", RAW);
    Split many = load("n=30&test=5", RAW);

    byte[] beginning = Arrays.copyOf(bytes(many.train()), 10 * 784);
    assertThat(bytes(few.train())).containsExactly(beginning);
    assertThat(bytes(Objects.requireNonNull(many.test())))
        .containsExactly(bytes(Objects.requireNonNull(few.test())));
  }

  @Test
  void load_anotherSeed_givesOtherImages() {
    assertThat(bytes(load("n=2", RAW).train()))
        .isNotEqualTo(bytes(load("n=2", RAW.withSeed(9)).train()));
  }

  @Test
  void load_noNoise_isInkOnEvenPaper() {
    Dataset data = load("n=10&test=0&noise=0&size=32", RAW).train();

    double[] row = new double[1024];
    for (int i = 0; i < 10; i++) {
      data.features().copyRow(i, row, 0);
      double paper = Arrays.stream(row).min().orElseThrow();
      double ink = Arrays.stream(row).max().orElseThrow();
      assertThat(ink - paper).isGreaterThan(0.35);
      // A stroke of width 0.05 to 0.1 and length 1 to 3 covers 4 to 30 % of the image.
      double covered = Arrays.stream(row).map(x -> (x - paper) / (ink - paper)).sum() / 1024;
      assertThat(covered).isBetween(0.02, 0.3);
    }
  }

  @Test
  void nearestCentroid_fewExamples_learnsButDoesNotCarryOverToAllOthers() {
    Split split = load("n=200&test=1000", DataOptions.DEFAULT.withSeed(3));
    Centroids centroids = new Centroids(split.train(), 10);

    double train = centroids.accuracy(split.train());
    double test = centroids.accuracy(Objects.requireNonNull(split.test()));

    assertThat(test).isBetween(0.4, 0.9);
    assertThat(train).isGreaterThan(test + 0.05);
  }

  @Test
  void parse_wrongParameters_sayWhatIsAllowed() {
    assertThatThrownBy(() -> load("classes=11", RAW))
        .isInstanceOf(DataException.class)
        .hasMessage("synthetic:digits: there are 10 digits, found classes=11");
    assertThatThrownBy(() -> load("channels=2", RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be 1 or 3, found 2");
    assertThatThrownBy(() -> load("size=100000", RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("from 8 to 1000");
    assertThatThrownBy(() -> load("size=4", RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'size' must be an integer ≥ 8");
  }

  /** The mean image of each class; an image belongs to the class whose mean is nearest. */
  private static final class Centroids {
    private final double[][] means;

    Centroids(Dataset data, int classes) {
      means = new double[classes][data.dimension()];
      int[] counts = new int[classes];
      double[] row = new double[data.dimension()];
      for (int i = 0; i < data.size(); i++) {
        data.features().copyRow(i, row, 0);
        int label = labels(data)[i];
        counts[label]++;
        for (int j = 0; j < row.length; j++) {
          means[label][j] += (row[j] - means[label][j]) / counts[label];
        }
      }
    }

    double accuracy(Dataset data) {
      double[] row = new double[data.dimension()];
      int right = 0;
      for (int i = 0; i < data.size(); i++) {
        data.features().copyRow(i, row, 0);
        right += nearest(row) == labels(data)[i] ? 1 : 0;
      }
      return (double) right / data.size();
    }

    private int nearest(double[] row) {
      int nearest = 0;
      double smallest = Double.POSITIVE_INFINITY;
      for (int k = 0; k < means.length; k++) {
        double distance = 0;
        for (int j = 0; j < row.length; j++) {
          distance += (row[j] - means[k][j]) * (row[j] - means[k][j]);
        }
        if (distance < smallest) {
          smallest = distance;
          nearest = k;
        }
      }
      return nearest;
    }
  }
}
