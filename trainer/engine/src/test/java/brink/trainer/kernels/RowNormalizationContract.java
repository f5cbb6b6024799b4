package brink.trainer.kernels;

import static brink.trainer.kernels.KernelsContract.uniform;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract of weight normalization: its Jacobian and that one's tangent. */
public interface RowNormalizationContract extends KernelsContract {
  @ParameterizedTest
  @CsvSource({"1, 2", "3, 5", "20, 33"})
  default void allPasses_equalHyperDualNumbers(int rows, int columns) {
    double[] v = uniform(21, rows * columns);
    double[] vTangent = uniform(22, rows * columns);
    double[] x = uniform(23, rows * columns);
    Tensor w = kernels().allocate(rows, columns);
    Tensor inverseNorms = kernels().allocate(1, rows);
    Tensor projected = kernels().allocate(rows, columns);
    Tensor tangent = tensor(rows, columns, x);

    kernels().normalizeRows(tensor(rows, columns, v), inverseNorms, w);
    kernels().projectRows(w, inverseNorms, tensor(rows, columns, x), projected);
    kernels()
        .projectRowsTangent(
            w, inverseNorms, tensor(rows, columns, vTangent), tensor(rows, columns, x), tangent);

    double[] unit = new double[rows * columns];
    double[] jacobian = new double[rows * columns];
    double[] jacobianTangent = new double[rows * columns];
    for (int at = 0; at < rows * columns; at++) {
      HyperDual[] row = unitRow(v, vTangent, at, columns);
      HyperDual sum = HyperDual.constant(0);
      int start = at / columns * columns;
      for (int j = 0; j < columns; j++) {
        sum = sum.plus(row[j].times(x[start + j]));
      }
      unit[at] = row[at - start].value();
      jacobian[at] = sum.first();
      jacobianTangent[at] = sum.mixed() + x[at];
    }
    double operations = 50 * (columns + 10);
    assertClose(w.get(), unit, operations);
    assertClose(projected.get(), jacobian, operations);
    assertClose(tangent.get(), jacobianTangent, operations);
  }

  /** The normalized row around an entry, disturbed by ε₁ there and by ε₂·v̇ everywhere. */
  private static HyperDual[] unitRow(double[] v, double[] vTangent, int at, int columns) {
    int start = at / columns * columns;
    HyperDual[] row = new HyperDual[columns];
    HyperDual squares = HyperDual.constant(0);
    for (int j = 0; j < columns; j++) {
      row[j] = new HyperDual(v[start + j], start + j == at ? 1 : 0, vTangent[start + j], 0);
      squares = squares.plus(row[j].times(row[j]));
    }
    HyperDual norm = squares.sqrt();
    for (int j = 0; j < columns; j++) {
      row[j] = row[j].over(norm);
    }
    return row;
  }
}
