package brink.trainer.flow;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * A small scale-invariant landscape on the unit sphere, with dense derivatives. Every point is a
 * vector of length 1, every result is tangent to the sphere there.
 */
final class SphereLandscape {
  /**
   * Most weights that a spectrum is affordable for: it takes D Hessian-vector products and some
   * 10·D³ operations, half a second or more at this size, and a prediction takes ten and more.
   */
  static final int LARGEST_DIMENSION = 450;

  // balances the truncation ε² of a central difference of exact products with its rounding u/ε
  private static final double EPSILON = Math.cbrt(Precision.FLOAT64.unitRoundoff());

  private final Landscape landscape;
  private final Tensor point;
  private final Tensor vector;
  private final Tensor image;

  /**
   * @param landscape is linearized at will; passes {@link #check}
   */
  SphereLandscape(Landscape landscape) {
    Kernels kernels = landscape.kernels();
    this.landscape = landscape;
    point = kernels.allocate(1, landscape.dimension());
    vector = kernels.allocate(1, landscape.dimension());
    image = kernels.allocate(1, landscape.dimension());
  }

  /**
   * Checks that flows can be predicted.
   *
   * @throws IllegalArgumentException if the landscape is too large, not in float64, or not
   *     scale-invariant in all weights
   */
  static void check(Landscape landscape) {
    int dimension = landscape.dimension();
    Precision precision = landscape.kernels().precision();
    if (dimension > LARGEST_DIMENSION) {
      throw new IllegalArgumentException(
          "predicted flows need dense Hessians, of at most %d weights, not %d: take a smaller problem, or no predictions"
              .formatted(LARGEST_DIMENSION, dimension));
    }
    if (precision != Precision.FLOAT64) {
      throw new IllegalArgumentException(
          "predicted flows need third differences in float64, not %s: train in float64, or without predictions"
              .formatted(precision.label()));
    }
    if (landscape.scaleInvariantDimension() != dimension) {
      throw new IllegalArgumentException(
          "predicted flows need a loss that is scale-invariant in all %d weights, not in %d: take one that is, or no predictions"
              .formatted(dimension, landscape.scaleInvariantDimension()));
    }
  }

  /** D. */
  int dimension() {
    return landscape.dimension();
  }

  /**
   * Gradient and Hessian with all eigenpairs; costs one linearization, D Hessian-vector products
   * and O(D³).
   *
   * @param direction θ, not modified
   */
  SphericalSpectrum spectrum(RealVector direction) {
    Linearization here = linearize(direction);
    RealVector gradient = tangent(direction, new ArrayRealVector(here.gradient().get(), false));
    int dimension = dimension();
    RealMatrix hessian = new Array2DRowRealMatrix(dimension, dimension);
    double[] unit = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      unit[i] = 1;
      hessian.setColumn(i, product(here, unit));
      unit[i] = 0;
    }
    return SphericalSpectrum.of(direction, gradient, onTangentSpace(direction, hessian));
  }

  /**
   * P·∇L(θ).
   *
   * @param direction θ, not modified
   */
  RealVector gradient(RealVector direction) {
    return tangent(direction, new ArrayRealVector(linearize(direction).gradient().get(), false));
  }

  /**
   * P·∇³L(θ)(u, v, ·) for every v, by central differences of exact Hessian-vector products: two
   * linearizations, and two products for each v. Its error is O(ε²) + O(u/ε) with ε = u^⅓.
   *
   * @param direction θ, not modified
   * @param along u, not modified
   * @param vs not modified
   */
  List<RealVector> thirdDerivatives(RealVector direction, RealVector along, List<RealVector> vs) {
    List<RealVector> ahead = products(direction.combine(1, EPSILON, along), vs);
    List<RealVector> behind = products(direction.combine(1, -EPSILON, along), vs);
    double scale = 1 / (2 * EPSILON);
    RealVector[] derivatives = new RealVector[vs.size()];
    for (int i = 0; i < derivatives.length; i++) {
      RealVector difference = ahead.get(i).subtract(behind.get(i)).mapMultiplyToSelf(scale);
      derivatives[i] = tangent(direction, difference);
    }
    return List.of(derivatives);
  }

  private List<RealVector> products(RealVector at, List<RealVector> vs) {
    Linearization there = linearize(at);
    return vs.stream()
        .<RealVector>map(v -> new ArrayRealVector(product(there, v.toArray()), false))
        .toList();
  }

  private Linearization linearize(RealVector at) {
    point.set(at.toArray());
    return landscape.linearize(point).defined();
  }

  private double[] product(Linearization at, double[] v) {
    vector.set(v);
    at.hessianVectorProduct(vector, image);
    return image.get();
  }

  /** P·M·P, symmetrized. */
  private static RealMatrix onTangentSpace(RealVector direction, RealMatrix matrix) {
    RealMatrix symmetric = matrix.add(matrix.transpose()).scalarMultiply(0.5);
    RealVector image = symmetric.operate(direction);
    // PMP = M − θyᵀ − yθᵀ with y = Mθ − θ⟨θ, Mθ⟩/2
    RealVector y = image.combine(1, -image.dotProduct(direction) / 2, direction);
    RealMatrix cross = direction.outerProduct(y);
    return symmetric.subtract(cross).subtract(cross.transpose());
  }

  static RealVector tangent(RealVector direction, RealVector v) {
    return v.combine(1, -direction.dotProduct(v), direction);
  }
}
