package brink.trainer.oracle;

import org.ejml.simple.SimpleMatrix;

/**
 * Linear regression through batch normalization with dense matrices, written from the definition:
 * with C = I − 11ᵀ/n and S = XᵀCX, L = (n + ‖y‖²)/2n − b·w/√(n·wᵀSw), b = XᵀCy. An independent
 * derivation: no z, no ẑ.
 */
public final class DenseBnLinear {
  private final SimpleMatrix scatter;
  private final SimpleMatrix target;
  private final double count;
  private final double constant;

  public DenseBnLinear(double[][] x, double[] y) {
    count = x.length;
    SimpleMatrix inputs = new SimpleMatrix(x);
    SimpleMatrix targets = new SimpleMatrix(y.length, 1, true, y);
    SimpleMatrix centring =
        SimpleMatrix.identity(x.length).minus(SimpleMatrix.filled(x.length, x.length, 1 / count));
    scatter = inputs.transpose().mult(centring).mult(inputs);
    target = inputs.transpose().mult(centring).mult(targets);
    constant = (count + targets.dot(targets)) / (2 * count);
  }

  private static SimpleMatrix column(double[] v) {
    return new SimpleMatrix(v.length, 1, true, v);
  }

  private static double[] entries(SimpleMatrix v) {
    return v.getDDRM().getData().clone();
  }

  public double loss(double[] w) {
    SimpleMatrix weights = column(w);
    return constant - target.dot(weights) / Math.sqrt(count * weights.dot(scatter.mult(weights)));
  }

  public double[] gradient(double[] w) {
    SimpleMatrix weights = column(w);
    SimpleMatrix sw = scatter.mult(weights);
    double q = weights.dot(sw);
    double f = target.dot(weights);
    SimpleMatrix sum = target.scale(-1).plus(sw.scale(f / q));
    return entries(sum.divide(Math.sqrt(count * q)));
  }

  /** ∇²L(w), d×d. */
  public SimpleMatrix hessian(double[] w) {
    SimpleMatrix weights = column(w);
    SimpleMatrix sw = scatter.mult(weights);
    double q = weights.dot(sw);
    double f = target.dot(weights);
    SimpleMatrix cross = target.mult(sw.transpose());
    SimpleMatrix sum =
        cross
            .plus(cross.transpose())
            .plus(scatter.scale(f))
            .minus(sw.mult(sw.transpose()).scale(3 * f / q));
    return sum.divide(q * Math.sqrt(count * q));
  }

  /** P·∇²L(θ)·P at θ = w/‖w‖. */
  public SimpleMatrix sphericalHessian(double[] w) {
    SimpleMatrix weights = column(w);
    double squared = weights.dot(weights);
    SimpleMatrix tangent =
        SimpleMatrix.identity(w.length).minus(weights.mult(weights.transpose()).divide(squared));
    return tangent.mult(hessian(w)).mult(tangent).scale(squared);
  }

  /** Largest algebraic eigenvalue of the spherical Hessian on the tangent space. */
  public double sphericalSharpness(double[] w) {
    return DenseEigen.descending(sphericalHessian(w))[0];
  }
}
