package brink.bench.lanczos;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenpairs of a projected operator, largest first, with the residuals of their Ritz vectors. */
final class RitzPairs {
  private final EigenDecomposition_F64<DMatrixRMaj> eigen;
  private final List<Integer> descending;
  private final double coupling;

  /**
   * @param coupling norm of what the operator leads to outside of the subspace, from its last
   *     vector
   */
  RitzPairs(double[][] projected, int size, double coupling) {
    this.coupling = coupling;
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        matrix.set(i, j, projected[i][j]);
      }
    }
    eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(matrix)) {
      throw new ArithmeticException("the operator returned something that is not finite");
    }
    descending =
        IntStream.range(0, size)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> eigen.getEigenvalue(i).getReal())
                    .reversed())
            .toList();
  }

  int size() {
    return descending.size();
  }

  double value(int i) {
    return eigen.getEigenvalue(descending.get(i)).getReal();
  }

  /** Coefficient of Ritz vector i with respect to basis vector j. */
  double coefficient(int i, int j) {
    return eigen.getEigenVector(descending.get(i)).get(j, 0);
  }

  double residual(int i) {
    return coupling * Math.abs(coefficient(i, size() - 1));
  }
}
