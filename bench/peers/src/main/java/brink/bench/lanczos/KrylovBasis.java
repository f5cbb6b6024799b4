package brink.bench.lanczos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An orthonormal basis of a Krylov space and the operator's projection on it. */
final class KrylovBasis {
  // what is left of a vector after orthogonalization, in units of what it was, is rounding below
  private static final double EXHAUSTED = 1e-14;
  // twice is enough (Giraud, Langou, Rozložník 2005)
  private static final int PASSES = 2;

  private final double[][] projected;
  private List<double[]> vectors = new ArrayList<>();
  private double[] next;
  private double coupling;
  private double scale;

  KrylovBasis(int capacity, double[] start) {
    projected = new double[capacity][capacity];
    next = start;
    coupling = norm(start);
    scale = coupling;
  }

  int size() {
    return vectors.size();
  }

  /** Whether the operator leads nowhere outside of the basis. */
  boolean isExhausted() {
    return coupling <= EXHAUSTED * scale;
  }

  /** Adds the direction that the operator led to last, and applies the operator to it. */
  void extend(UnaryOperator<double[]> operator) {
    double[] added = next;
    scale(added, 1 / coupling);
    vectors.add(added);
    next = operator.apply(added);
    scale = norm(next);
    int column = size() - 1;
    for (int i = 0; i <= column; i++) {
      projected[i][column] = dot(vectors.get(i), next);
      projected[column][i] = projected[i][column];
    }
    for (int pass = 0; pass < PASSES; pass++) {
      for (double[] vector : vectors) {
        axpy(-dot(vector, next), vector, next);
      }
    }
    coupling = norm(next);
  }

  RitzPairs ritzPairs() {
    return new RitzPairs(projected, size(), coupling);
  }

  /** Keeps the leading Ritz vectors; the direction to add next stays. */
  void restart(RitzPairs pairs, int kept) {
    List<double[]> ritzVectors = new ArrayList<>();
    for (int i = 0; i < kept; i++) {
      double[] vector = new double[next.length];
      for (int j = 0; j < size(); j++) {
        axpy(pairs.coefficient(i, j), vectors.get(j), vector);
      }
      ritzVectors.add(vector);
    }
    for (int i = 0; i < kept; i++) {
      for (int j = 0; j < kept; j++) {
        projected[i][j] = i == j ? pairs.value(i) : 0;
      }
    }
    vectors = ritzVectors;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  private static void axpy(double a, double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] += a * x[i];
    }
  }

  private static void scale(double[] x, double a) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= a;
    }
  }
}
