package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Tensor;
import java.util.Objects;

/** Checks of the shapes of an operation's tensors. */
final class Shapes {
  private Shapes() {}

  static void requireSame(Tensor x, Tensor... others) {
    for (Tensor y : others) {
      if (x.rows() != y.rows() || x.columns() != y.columns()) {
        throw new IllegalArgumentException("shapes differ: " + x + " and " + y);
      }
    }
  }

  static void requireSameLength(Tensor x, Tensor... others) {
    for (Tensor y : others) {
      if (x.length() != y.length()) {
        throw new IllegalArgumentException("lengths differ: " + x.length() + " and " + y.length());
      }
    }
  }

  static void requireSameColumns(Tensor x, Tensor units) {
    if (x.columns() != units.columns()) {
      throw new IllegalArgumentException(
          x.columns() + " columns for statistics of " + units.columns());
    }
  }

  static void requireOnePerRow(Tensor numbers, Tensor matrix) {
    if (numbers.length() != matrix.rows()) {
      throw new IllegalArgumentException(
          numbers.length() + " numbers for " + matrix.rows() + " rows");
    }
  }

  static void requireOnePerColumn(Tensor numbers, Tensor matrix) {
    if (numbers.length() != matrix.columns()) {
      throw new IllegalArgumentException(
          numbers.length() + " numbers for " + matrix.columns() + " columns");
    }
  }

  static void requireColumns(Tensor from, int fromColumn, Tensor to, int toColumn, int columns) {
    if (from.rows() != to.rows()) {
      throw new IllegalArgumentException("numbers of rows differ: " + from + " and " + to);
    }
    Objects.checkFromIndexSize(fromColumn, columns, from.columns());
    Objects.checkFromIndexSize(toColumn, columns, to.columns());
  }

  /** c can take op(a)·op(b). */
  static void requireProduct(boolean transposeA, boolean transposeB, Tensor a, Tensor b, Tensor c) {
    int m = transposeA ? a.columns() : a.rows();
    int k = transposeA ? a.rows() : a.columns();
    int inner = transposeB ? b.columns() : b.rows();
    int n = transposeB ? b.rows() : b.columns();
    if (inner != k || c.rows() != m || c.columns() != n) {
      throw new IllegalArgumentException(
          "cannot write %d×%d · %d×%d into %d×%d".formatted(m, k, inner, n, c.rows(), c.columns()));
    }
  }
}
