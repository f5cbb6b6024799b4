package brink.trainer.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class SyntheticRegressionTest {
  @Test
  void generate_sameSeed_givesSameBits() {
    SyntheticRegression first = SyntheticRegression.generate(5, 10, 4, 3, 0.5);
    SyntheticRegression second = SyntheticRegression.generate(5, 10, 4, 3, 0.5);
    assertThat(second.x()).isDeepEqualTo(first.x());
    assertThat(second.y()).isEqualTo(first.y());
    assertThat(second.testX()).isDeepEqualTo(first.testX());
    assertThat(second.testY()).isEqualTo(first.testY());
  }

  @Test
  void generate_otherSeed_givesOtherData() {
    assertThat(SyntheticRegression.generate(6, 10, 4, 3, 0.5).y())
        .isNotEqualTo(SyntheticRegression.generate(5, 10, 4, 3, 0.5).y());
  }

  @Test
  void generate_targets_areStandardizedOverTheTrainingSet() {
    double[] y = SyntheticRegression.generate(5, 10, 4, 3, 0.5).y();
    assertThat(Arrays.stream(y).sum()).isCloseTo(0, within(1e-14));
    assertThat(Arrays.stream(y).map(t -> t * t).sum()).isCloseTo(10, within(1e-13));
  }

  @Test
  void generate_noNoise_isSolvedByALinearModelOnTheTestSetToo() {
    SyntheticRegression data = SyntheticRegression.generate(5, 30, 3, 4, 0);
    var all = new SimpleMatrix(withOnes(data.x()));
    var weights = all.solve(new SimpleMatrix(30, 1, true, data.y()));
    var predicted = new SimpleMatrix(withOnes(data.testX())).mult(weights);
    assertThat(predicted.getDDRM().getData()).containsExactly(data.testY(), within(1e-12));
  }

  private static double[][] withOnes(double[][] table) {
    return Arrays.stream(table)
        .map(
            row -> {
              double[] longer = Arrays.copyOf(row, row.length + 1);
              longer[row.length] = 1;
              return longer;
            })
        .toArray(double[][]::new);
  }
}
