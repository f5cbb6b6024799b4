package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Tensor;

/** A growing orthonormal set of vectors, the rows of one matrix. Its memory is allocated once. */
final class OrthonormalBasis {
  // Twice is enough (Giraud, Langou, Rozložník 2005); a third pass would change nothing.
  private static final int PASSES = 2;

  private final Kernels kernels;
  private final Tensor[] row;
  private final Tensor[] firstRows;
  private final Tensor[] coefficients;
  private final Scalar squareBefore;
  private final Scalar squareLeft;
  private int size;

  OrthonormalBasis(Kernels kernels, int capacity, int dimension) {
    this.kernels = kernels;
    Tensor matrix = kernels.allocate(capacity, dimension);
    Tensor products = kernels.allocate(1, capacity);
    row = new Tensor[capacity];
    firstRows = new Tensor[capacity];
    coefficients = new Tensor[capacity];
    squareBefore = kernels.allocateScalar();
    squareLeft = kernels.allocateScalar();
    for (int i = 0; i < capacity; i++) {
      row[i] = matrix.row(i);
      firstRows[i] = matrix.rows(0, i + 1);
      coefficients[i] = products.view(0, 1, i + 1);
    }
  }

  int size() {
    return size;
  }

  int capacity() {
    return row.length;
  }

  /** Vector i, 1×dimension, a view. */
  Tensor row(int i) {
    return row[i];
  }

  /** The first vectors as one count×dimension matrix, a view. */
  Tensor rows(int count) {
    return firstRows[count - 1];
  }

  /** The vectors from one on as one matrix, a view. */
  Tensor rowsFrom(int first) {
    return firstRows[size - 1].rows(first, size - first);
  }

  /** Keeps the first vectors only. */
  void truncate(int count) {
    size = count;
  }

  /**
   * Adds the direction of a vector that is left after removing the basis from it.
   *
   * @param v not modified
   * @param operator whose subspace the vector is projected on
   * @param smallest least share of ‖v‖ that must be left, else v counts as dependent
   * @return the length of what was left; 0 if v was dependent and the basis did not grow
   */
  double add(Tensor v, SymmetricOperator operator, double smallest) {
    Tensor added = row[size];
    kernels.copy(v, added);
    kernels.dot(v, v, squareBefore);
    for (int pass = 0; pass < PASSES; pass++) {
      operator.project(added);
      removeFrom(added);
    }
    kernels.dot(added, added, squareLeft);
    double left = Math.sqrt(squareLeft.get());
    if (!(left > smallest * Math.sqrt(squareBefore.get()))) {
      return 0;
    }
    kernels.scale(1 / left, added);
    size++;
    return left;
  }

  private void removeFrom(Tensor v) {
    if (size == 0) {
      return;
    }
    Tensor products = coefficients[size - 1];
    kernels.gemm(false, true, 1, v, rows(size), 0, products);
    kernels.gemm(false, false, -1, products, rows(size), 1, v);
  }
}
