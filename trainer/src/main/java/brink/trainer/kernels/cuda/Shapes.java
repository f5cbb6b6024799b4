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

  static void requireOnePerRow(Tensor numbers, Tensor matrix) {
    if (numbers.length() != matrix.rows()) {
      throw new IllegalArgumentException(
          numbers.length() + " numbers for " + matrix.rows() + " rows");
    }
  }

  static void requireColumns(Tensor from, int fromColumn, Tensor to, int toColumn, int columns) {
    if (from.rows() != to.rows()) {
      throw new IllegalArgumentException("numbers of rows differ: " + from + " and " + to);
    }
    Objects.checkFromIndexSize(fromColumn, columns, from.columns());
    Objects.checkFromIndexSize(toColumn, columns, to.columns());
  }

  static void requireOnePerColumn(Tensor numbers, Tensor matrix) {
    if (numbers.length() != matrix.columns()) {
      throw new IllegalArgumentException(
          numbers.length() + " numbers for " + matrix.columns() + " columns");
    }
  }
}
