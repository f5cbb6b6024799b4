package brink.trainer.curvature;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** All eigenpairs of a small dense symmetric matrix, largest algebraic eigenvalue first. */
public final class SmallSymmetricEigen {
  private final double[] values;
  private final double[][] vectors;

  private SmallSymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Decomposes the leading size×size block.
   *
   * @param matrix row by row, not modified; the mean of it and its transpose is taken
   * @throws ArithmeticException if an entry is not finite
   */
  public static SmallSymmetricEigen of(double[][] matrix, int size) {
    DMatrixRMaj block = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        block.set(i, j, (matrix[i][j] + matrix[j][i]) / 2);
      }
    }
    requireFinite(block);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(block)) {
      throw new ArithmeticException("the " + size + "×" + size + " eigenproblem did not converge");
    }
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[size];
    double[][] vectors = new double[size][];
    for (int i = 0; i < size; i++) {
      values[i] = eigen.getEigenvalue(order[i]).getReal();
      vectors[i] = eigen.getEigenVector(order[i]).getData().clone();
    }
    return new SmallSymmetricEigen(values, vectors);
  }

  private static void requireFinite(DMatrixRMaj block) {
    for (double entry : block.getData()) {
      if (!Double.isFinite(entry)) {
        throw new ArithmeticException("a Hessian-vector product is not finite");
      }
    }
  }

  /** Number of eigenpairs. */
  public int size() {
    return values.length;
  }

  /** Eigenvalue i, descending. */
  public double value(int i) {
    return values[i];
  }

  /** The eigenvector of value i, of length 1; not a copy. */
  public double[] vector(int i) {
    return vectors[i];
  }
}
