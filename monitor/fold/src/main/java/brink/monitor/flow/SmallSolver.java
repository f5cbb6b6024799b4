package brink.monitor.flow;

/**
 * Normal equations of a least-squares problem with two or three unknowns, inverted by Gauss–Jordan
 * elimination: the matrices are positive definite, so no pivoting is needed.
 */
final class SmallSolver {
  /** A pivot below this share of its diagonal has lost all but a few of its bits. */
  private static final double SINGULAR = 1e-12;

  private final int size;
  private final double[][] matrix;
  private final double[] right;
  private final double[][] inverse;
  private final double[] solution;

  SmallSolver(int size) {
    this.size = size;
    this.matrix = new double[size][size];
    this.right = new double[size];
    this.inverse = new double[size][size];
    this.solution = new double[size];
  }

  int size() {
    return size;
  }

  /** One observation: the row of the design matrix (not modified), and the value. */
  void add(double[] row, double value) {
    for (int i = 0; i < size; i++) {
      right[i] += row[i] * value;
      for (int k = 0; k < size; k++) {
        matrix[i][k] += row[i] * row[k];
      }
    }
  }

  /** The same with its diagonal raised by a factor (Levenberg–Marquardt damping). */
  SmallSolver damped(double factor) {
    SmallSolver copy = new SmallSolver(size);
    for (int i = 0; i < size; i++) {
      copy.right[i] = right[i];
      copy.matrix[i] = matrix[i].clone();
      copy.matrix[i][i] *= factor;
    }
    return copy;
  }

  /** Solves; false where the unknowns cannot be told apart. */
  boolean solve() {
    double[][] work = new double[size][];
    for (int i = 0; i < size; i++) {
      work[i] = matrix[i].clone();
      inverse[i] = new double[size];
      inverse[i][i] = 1;
    }
    for (int k = 0; k < size; k++) {
      double pivot = work[k][k];
      if (!(pivot > SINGULAR * matrix[k][k])) {
        return false;
      }
      eliminate(work, k, pivot);
    }
    for (int i = 0; i < size; i++) {
      solution[i] = 0;
      for (int k = 0; k < size; k++) {
        solution[i] += inverse[i][k] * right[k];
      }
    }
    return true;
  }

  private void eliminate(double[][] work, int k, double pivot) {
    for (int j = 0; j < size; j++) {
      work[k][j] /= pivot;
      inverse[k][j] /= pivot;
    }
    for (int i = 0; i < size; i++) {
      double factor = work[i][k];
      if (i != k && factor != 0) {
        for (int j = 0; j < size; j++) {
          work[i][j] -= factor * work[k][j];
          inverse[i][j] -= factor * inverse[k][j];
        }
      }
    }
  }

  double solution(int i) {
    return solution[i];
  }

  double inverse(int i, int k) {
    return inverse[i][k];
  }

  double predict(double[] row) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += row[i] * solution[i];
    }
    return sum;
  }
}
