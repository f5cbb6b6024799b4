package brink.trainer.oracle;

import java.util.Arrays;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.simple.SimpleMatrix;

/** Eigenvalues of dense symmetric matrices. */
public final class DenseEigen {
  private DenseEigen() {}

  /** All eigenvalues, largest first. */
  public static double[] descending(SimpleMatrix symmetric) {
    int n = symmetric.getNumRows();
    var eigen = DecompositionFactory_DDRM.eig(n, false, true);
    if (!eigen.decompose(symmetric.getDDRM().copy())) {
      throw new AssertionError("the dense eigenproblem did not converge");
    }
    double[] ascending = new double[n];
    for (int i = 0; i < n; i++) {
      ascending[i] = eigen.getEigenvalue(i).getReal();
    }
    Arrays.sort(ascending);
    double[] descending = new double[n];
    for (int i = 0; i < n; i++) {
      descending[i] = ascending[n - 1 - i];
    }
    return descending;
  }

  /** Eigenvector of the largest eigenvalue, of length 1, in a column. */
  public static SimpleMatrix leadingVector(SimpleMatrix symmetric) {
    int n = symmetric.getNumRows();
    var eigen = DecompositionFactory_DDRM.eig(n, true, true);
    if (!eigen.decompose(symmetric.getDDRM().copy())) {
      throw new AssertionError("the dense eigenproblem did not converge");
    }
    int best = 0;
    for (int i = 1; i < n; i++) {
      if (eigen.getEigenvalue(i).getReal() > eigen.getEigenvalue(best).getReal()) {
        best = i;
      }
    }
    return SimpleMatrix.wrap(eigen.getEigenVector(best));
  }
}
