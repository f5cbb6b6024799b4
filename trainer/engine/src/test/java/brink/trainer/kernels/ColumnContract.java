package brink.trainer.kernels;

import static brink.trainer.kernels.KernelsContract.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract of what is done with a number for each column. */
public interface ColumnContract extends KernelsContract {
  @ParameterizedTest
  @CsvSource({"1, 1, 0", "7, 3, 1", "3000, 33, 0", "2, 1500, 0.5"})
  default void scaleColumns_anyShape_isTheProductWithADiagonalMatrix(
      int rows, int columns, double beta) {
    double[] factors = uniform(1, columns);
    double[] x = uniform(2, rows * columns);
    double[] before = uniform(3, rows * columns);
    double[] expected = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = x[i] * factors[i % columns] + beta * before[i];
    }
    Tensor y = tensor(rows, columns, beta == 0 ? nans(rows * columns) : before);

    kernels().scaleColumns(tensor(1, columns, factors), tensor(rows, columns, x), beta, y);

    assertClose(y.get(), expected, 6);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "7, 3, 1", "3000, 33, 0", "2, 1500, 0.5"})
  default void columnDots_anyShape_isTheDiagonalOfTheProduct(int rows, int columns, double beta) {
    double[] x = uniform(4, rows * columns);
    double[] y = uniform(5, rows * columns);
    double[] before = uniform(6, columns);
    double[] expected = new double[columns];
    for (int j = 0; j < columns; j++) {
      expected[j] = beta * before[j];
    }
    for (int i = 0; i < x.length; i++) {
      expected[i % columns] += x[i] * y[i];
    }
    Tensor sums = tensor(1, columns, beta == 0 ? nans(columns) : before);

    kernels().columnDots(tensor(rows, columns, x), tensor(rows, columns, y), beta, sums);

    assertClose(sums.get(), expected, rows + 6);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0, 1, 0, 1", "5, 3, 1, 4, 2, 2", "3000, 40, 20, 33, 0, 20"})
  default void copyColumns_anyWindow_copiesItAndNothingElse(
      int rows, int from, int fromColumn, int to, int toColumn, int columns) {
    Tensor x = tensor(rows, from, uniform(8, rows * from));
    Tensor y = tensor(rows, to, uniform(9, rows * to));
    double[] source = x.get();
    double[] expected = y.get();
    for (int i = 0; i < rows; i++) {
      System.arraycopy(source, i * from + fromColumn, expected, i * to + toColumn, columns);
    }

    kernels().copyColumns(x, fromColumn, y, toColumn, columns);

    assertThat(y.get()).containsExactly(expected);
  }

  @Test
  default void copyColumns_outside_isRefused() {
    Tensor x = tensor(2, 3, uniform(7, 6));

    assertThatThrownBy(() -> kernels().copyColumns(x, 2, x, 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> kernels().copyColumns(x, 0, kernels().allocate(3, 3), 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("numbers of rows differ");
  }

  @Test
  default void columns_wrongNumber_areRefused() {
    Tensor x = tensor(2, 3, uniform(7, 6));
    Tensor two = kernels().allocate(1, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels().scaleColumns(two, x, 0, x))
        .withMessage("2 numbers for 3 columns");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels().columnDots(x, x, 0, two))
        .withMessage("2 numbers for 3 columns");
  }

  private static double[] nans(int length) {
    double[] nans = new double[length];
    java.util.Arrays.fill(nans, Double.NaN);
    return nans;
  }
}
