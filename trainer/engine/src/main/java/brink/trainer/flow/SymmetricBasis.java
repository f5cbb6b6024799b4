package brink.trainer.flow;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Symmetric k×k matrices as vectors of k(k + 1)/2 coordinates, in an orthonormal basis: entries of
 * the diagonal as they are, the others times √2, row by row of the upper triangle.
 */
final class SymmetricBasis {
  private static final double ROOT_2 = Math.sqrt(2);

  private SymmetricBasis() {}

  /** Number of coordinates. */
  static int size(int order) {
    return order * (order + 1) / 2;
  }

  /** Coordinate of entry (i, j) per unit of it. */
  static double weight(int i, int j) {
    return i == j ? 1 : ROOT_2;
  }

  /** Coordinates of a diagonal matrix. */
  static RealVector diagonal(double... entries) {
    RealVector coordinates = new ArrayRealVector(size(entries.length));
    int next = 0;
    for (int i = 0; i < entries.length; i++) {
      coordinates.setEntry(next, entries[i]);
      next += entries.length - i;
    }
    return coordinates;
  }

  /** Coordinates of the unit matrix. */
  static RealVector identity(int order) {
    double[] ones = new double[order];
    Arrays.fill(ones, 1);
    return diagonal(ones);
  }

  static RealVector coordinates(RealMatrix symmetric) {
    int order = symmetric.getRowDimension();
    RealVector coordinates = new ArrayRealVector(size(order));
    int next = 0;
    for (int i = 0; i < order; i++) {
      for (int j = i; j < order; j++) {
        coordinates.setEntry(next++, weight(i, j) * symmetric.getEntry(i, j));
      }
    }
    return coordinates;
  }

  static RealMatrix matrix(RealVector coordinates, int order) {
    RealMatrix matrix = new Array2DRowRealMatrix(order, order);
    int next = 0;
    for (int i = 0; i < order; i++) {
      for (int j = i; j < order; j++) {
        double entry = coordinates.getEntry(next++) / weight(i, j);
        matrix.setEntry(i, j, entry);
        matrix.setEntry(j, i, entry);
      }
    }
    return matrix;
  }
}
