package brink.monitor.run;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Largest algebraic eigenpair by Lanczos with full re-orthogonalisation, from a given start. */
final class Lanczos {
  /** λ₁, ‖Hv − λ₁v‖ and v. */
  static final class Pair {
    private final double first;
    private final double residual;
    private final double[] vector;

    private Pair(double first, double residual, double[] vector) {
      this.first = first;
      this.residual = residual;
      this.vector = vector;
    }

    double first() {
      return first;
    }

    double residual() {
      return residual;
    }

    double[] vector() {
      return vector;
    }
  }

  private Lanczos() {}

  static Pair top(UnaryOperator<double[]> operator, double[] start, int steps) {
    double[][] basis = new double[steps][];
    DMatrixRMaj projected = new DMatrixRMaj(steps, steps);
    double[] next = start;
    int size = 0;
    double beta = Math.sqrt(BnLinear.dot(next, next));
    double scale = 0;
    while (size < steps && beta > 1e-13 * scale) {
      basis[size] = scaled(next, 1 / beta);
      next = operator.apply(basis[size]);
      scale = Math.max(scale, Math.sqrt(BnLinear.dot(next, next)));
      projected.set(size, size, BnLinear.dot(next, basis[size]));
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k <= size; k++) {
          add(next, -BnLinear.dot(next, basis[k]), basis[k]);
        }
      }
      beta = Math.sqrt(BnLinear.dot(next, next));
      size++;
      if (size < steps) {
        projected.set(size, size - 1, beta);
        projected.set(size - 1, size, beta);
      }
    }
    return ritz(shrink(projected, size), basis, size, beta);
  }

  private static DMatrixRMaj shrink(DMatrixRMaj matrix, int size) {
    DMatrixRMaj result = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      for (int k = Math.max(0, i - 1); k < Math.min(size, i + 2); k++) {
        result.set(i, k, matrix.get(i, k));
      }
    }
    return result;
  }

  private static Pair ritz(DMatrixRMaj matrix, double[][] basis, int size, double beta) {
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(matrix)) {
      throw new IllegalStateException("the projected matrix did not converge");
    }
    int best = 0;
    for (int i = 1; i < size; i++) {
      boolean better = eigen.getEigenvalue(i).getReal() > eigen.getEigenvalue(best).getReal();
      best = better ? i : best;
    }
    DMatrixRMaj weights = eigen.getEigenVector(best);
    double[] vector = new double[basis[0].length];
    for (int k = 0; k < size; k++) {
      add(vector, weights.get(k), basis[k]);
    }
    double residual = Math.abs(beta * weights.get(size - 1));
    return new Pair(eigen.getEigenvalue(best).getReal(), residual, vector);
  }

  private static double[] scaled(double[] vector, double factor) {
    return Arrays.stream(vector).map(value -> value * factor).toArray();
  }

  private static void add(double[] sum, double factor, double[] vector) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * vector[j];
    }
  }
}
