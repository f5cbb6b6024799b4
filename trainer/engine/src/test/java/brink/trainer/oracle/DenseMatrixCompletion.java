package brink.trainer.oracle;

import org.ejml.simple.SimpleMatrix;

/**
 * Matrix completion through batch normalization with dense matrices, written from the definition: z
 * = half of wᵀA_k w for symmetric matrices A_k, C = I − 11ᵀ/N, q = zᵀCz, f = yᵀCz and L = (N +
 * ‖y‖²)/2N − f/√(N·q). An independent derivation: no ẑ, no residual.
 */
public final class DenseMatrixCompletion {
  private final SimpleMatrix[] forms;
  private final SimpleMatrix centring;
  private final SimpleMatrix targets;
  private final double count;

  /** Entries (rows[k], columns[k]) of a matrix with so many rows and columns. */
  public DenseMatrixCompletion(
      int[] rows, int[] columns, double[] y, int rowCount, int columnCount, int rank) {
    count = y.length;
    targets = new SimpleMatrix(y.length, 1, true, y);
    centring =
        SimpleMatrix.identity(y.length).minus(SimpleMatrix.filled(y.length, y.length, 1 / count));
    int dimension = (rowCount + columnCount) * rank;
    forms = new SimpleMatrix[y.length];
    for (int k = 0; k < y.length; k++) {
      forms[k] = new SimpleMatrix(dimension, dimension);
      for (int r = 0; r < rank; r++) {
        int u = rows[k] * rank + r;
        int v = (rowCount + columns[k]) * rank + r;
        forms[k].set(u, v, 1);
        forms[k].set(v, u, 1);
      }
    }
  }

  private static SimpleMatrix column(double[] v) {
    return new SimpleMatrix(v.length, 1, true, v);
  }

  private SimpleMatrix entries(SimpleMatrix w) {
    SimpleMatrix z = new SimpleMatrix(forms.length, 1);
    for (int k = 0; k < forms.length; k++) {
      z.set(k, 0, w.dot(forms[k].mult(w)) / 2);
    }
    return z;
  }

  private SimpleMatrix jacobian(SimpleMatrix w) {
    SimpleMatrix jacobian = new SimpleMatrix(forms.length, w.getNumRows());
    for (int k = 0; k < forms.length; k++) {
      jacobian.insertIntoThis(k, 0, forms[k].mult(w).transpose());
    }
    return jacobian;
  }

  public double loss(double[] w) {
    SimpleMatrix z = entries(column(w));
    double q = z.dot(centring.mult(z));
    return (count + targets.dot(targets)) / (2 * count)
        - targets.dot(centring.mult(z)) / Math.sqrt(count * q);
  }

  private SimpleMatrix outputGradient(SimpleMatrix z) {
    SimpleMatrix cz = centring.mult(z);
    double q = z.dot(cz);
    double f = targets.dot(cz);
    return cz.scale(f / q).minus(centring.mult(targets)).divide(Math.sqrt(count * q));
  }

  public double[] gradient(double[] w) {
    SimpleMatrix weights = column(w);
    SimpleMatrix gradient = jacobian(weights).transpose().mult(outputGradient(entries(weights)));
    return gradient.getDDRM().getData().clone();
  }

  /** ∇²L(w), D×D. */
  public SimpleMatrix hessian(double[] w) {
    SimpleMatrix weights = column(w);
    SimpleMatrix z = entries(weights);
    SimpleMatrix cz = centring.mult(z);
    double q = z.dot(cz);
    double f = targets.dot(cz);
    SimpleMatrix cross = centring.mult(targets).mult(cz.transpose());
    SimpleMatrix outputHessian =
        cross
            .plus(cross.transpose())
            .plus(centring.scale(f))
            .minus(cz.mult(cz.transpose()).scale(3 * f / q))
            .divide(q * Math.sqrt(count * q));
    SimpleMatrix jacobian = jacobian(weights);
    SimpleMatrix hessian = jacobian.transpose().mult(outputHessian).mult(jacobian);
    SimpleMatrix adjoint = outputGradient(z);
    for (int k = 0; k < forms.length; k++) {
      hessian = hessian.plus(forms[k].scale(adjoint.get(k, 0)));
    }
    return hessian;
  }
}
