package brink.trainer.kernels;

import java.util.Objects;

/**
 * Checks of the shapes of an operation's tensors, the same on all devices. What does not fit is
 * refused by an {@link IllegalArgumentException}, a range outside of a matrix by an {@link
 * IndexOutOfBoundsException}.
 */
public final class Shapes {
  private Shapes() {}

  /** All have the same rows and columns. */
  public static void requireSame(Tensor x, Tensor... others) {
    for (Tensor y : others) {
      if (x.rows() != y.rows() || x.columns() != y.columns()) {
        throw new IllegalArgumentException("shapes differ: " + x + " and " + y);
      }
    }
  }

  /** All have as many entries. */
  public static void requireSameLength(Tensor x, Tensor... others) {
    for (Tensor y : others) {
      if (x.length() != y.length()) {
        throw new IllegalArgumentException("lengths differ: " + x.length() + " and " + y.length());
      }
    }
  }

  /** A matrix has as many columns as the one whose statistics it takes. */
  public static void requireSameColumns(Tensor x, Tensor units) {
    if (x.columns() != units.columns()) {
      throw new IllegalArgumentException(
          x.columns() + " columns for statistics of " + units.columns());
    }
  }

  /** There is a number for each row of a matrix. */
  public static void requireOnePerRow(Tensor numbers, Tensor matrix) {
    if (numbers.length() != matrix.rows()) {
      throw new IllegalArgumentException(
          numbers.length() + " numbers for " + matrix.rows() + " rows");
    }
  }

  /** There is a number for each column of a matrix. */
  public static void requireOnePerColumn(Tensor numbers, Tensor matrix) {
    if (numbers.length() != matrix.columns()) {
      throw new IllegalArgumentException(
          numbers.length() + " numbers for " + matrix.columns() + " columns");
    }
  }

  /** Two matrices of as many rows have so many columns from those on. */
  public static void requireColumns(
      Tensor from, int fromColumn, Tensor to, int toColumn, int columns) {
    if (from.rows() != to.rows()) {
      throw new IllegalArgumentException("numbers of rows differ: " + from + " and " + to);
    }
    Objects.checkFromIndexSize(fromColumn, columns, from.columns());
    Objects.checkFromIndexSize(toColumn, columns, to.columns());
  }

  /** c can take op(a)·op(b), where op transposes if its flag is set. */
  public static void requireProduct(
      boolean transposeA, boolean transposeB, Tensor a, Tensor b, Tensor c) {
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
