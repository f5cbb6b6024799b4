package brink.monitor.run;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * G² = ‖∇_Γ log λ₁‖² by a third difference of the loss, projected on the near-null space of the
 * tangent Hessian.
 */
final class SharpnessGradient {
  /**
   * Truncation ε²/12 and rounding 1e-16/ε² of the second difference balance near 1e-4; 1e-3 is safe
   * for both.
   */
  private static final double EPSILON = 1e-3;

  private SharpnessGradient() {}

  /**
   * At a point near Γ.
   *
   * @param flat curvature, as a share of the sharpness, below which a direction is one of Γ
   */
  static double squaredOfLog(
      BnLinear problem, double[] theta, double[] v, double sharpness, double flat) {
    double[] ahead = moved(problem, theta, v, EPSILON);
    double[] behind = moved(problem, theta, v, -EPSILON);
    double[] here = problem.gradient(theta);
    double[] raw = new double[theta.length];
    for (int j = 0; j < raw.length; j++) {
      raw[j] = (ahead[j] - 2 * here[j] + behind[j]) / (EPSILON * EPSILON) / sharpness;
    }
    double[] gradient = BnLinear.tangent(theta, raw);
    return alongNullSpace(problem, theta, gradient, flat * sharpness);
  }

  private static double[] moved(BnLinear problem, double[] theta, double[] v, double by) {
    double[] point = theta.clone();
    for (int j = 0; j < point.length; j++) {
      point[j] += by * v[j];
    }
    return problem.gradient(point);
  }

  private static double alongNullSpace(
      BnLinear problem, double[] theta, double[] gradient, double limit) {
    int d = theta.length;
    DMatrixRMaj hessian = new DMatrixRMaj(d, d);
    for (int j = 0; j < d; j++) {
      double[] unit = new double[d];
      unit[j] = 1;
      double[] column = problem.hessianTimes(theta, unit);
      for (int i = 0; i < d; i++) {
        hessian.add(i, j, column[i] / 2);
        hessian.add(j, i, column[i] / 2);
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(hessian)) {
      throw new IllegalStateException("the Hessian's eigenvalues did not converge");
    }
    double sum = 0;
    for (int i = 0; i < d; i++) {
      double[] vector = eigen.getEigenVector(i).getData();
      if (Math.abs(eigen.getEigenvalue(i).getReal()) < limit) {
        double along = BnLinear.dot(vector, gradient);
        sum += along * along;
      }
    }
    return sum;
  }
}
