package brink.trainer.landscape;

/**
 * The entries z_k = ⟨row i_k of U, row j_k of V⟩ of U·Vᵀ at some places, as a function of the
 * weights (U, V), which are one array: U row by row, then V row by row. Costs O(places·rank) a
 * pass.
 */
final class FactorProducts {
  private final int rank;
  private final int[] left;
  private final int[] right;

  /**
   * @param rows number of rows of U
   * @param rank number of columns of U and V
   */
  FactorProducts(MatrixEntries places, int rows, int rank) {
    this.rank = rank;
    left = new int[places.size()];
    right = new int[places.size()];
    for (int k = 0; k < left.length; k++) {
      left[k] = places.rows()[k] * rank;
      right[k] = (rows + places.columns()[k]) * rank;
    }
  }

  int size() {
    return left.length;
  }

  /** products ← z(w). */
  void at(double[] w, double[] products) {
    for (int k = 0; k < left.length; k++) {
      products[k] = product(w, left[k], w, right[k]);
    }
  }

  /** tangents ← the derivative of z at w in the direction v. */
  void along(double[] w, double[] v, double[] tangents) {
    for (int k = 0; k < left.length; k++) {
      tangents[k] = product(v, left[k], w, right[k]) + product(w, left[k], v, right[k]);
    }
  }

  private double product(double[] x, int from, double[] y, int with) {
    double sum = 0;
    for (int r = 0; r < rank; r++) {
      sum += x[from + r] * y[with + r];
    }
    return sum;
  }

  /** result ← result + Jᵀ·a with the Jacobian J of z at w. */
  void addPullback(double[] a, double[] w, double[] result) {
    for (int k = 0; k < left.length; k++) {
      for (int r = 0; r < rank; r++) {
        result[left[k] + r] += a[k] * w[right[k] + r];
        result[right[k] + r] += a[k] * w[left[k] + r];
      }
    }
  }
}
