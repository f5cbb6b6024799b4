package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Tensor;

/**
 * A tensor of an operation that is done slice by slice.
 *
 * @param unit entries of each example; 0 for a tensor that every slice needs as a whole
 */
record Operand(Tensor tensor, long unit, Access access) {
  /** What an operation does with a tensor. */
  enum Access {
    NONE,
    READ,
    WRITTEN,
    UPDATED;

    /** Of the target of a product that ignores it if β = 0. */
    static Access ofTarget(double beta) {
      return beta == 0 ? WRITTEN : UPDATED;
    }
  }

  static Operand read(Tensor tensor, long unit) {
    return new Operand(tensor, unit, Access.READ);
  }

  static Operand written(Tensor tensor, long unit) {
    return new Operand(tensor, unit, Access.WRITTEN);
  }

  static Operand target(double beta, Tensor tensor, long unit) {
    return new Operand(tensor, unit, Access.ofTarget(beta));
  }

  static Operand updated(Tensor tensor, long unit) {
    return new Operand(tensor, unit, Access.UPDATED);
  }

  /** Whether it lies in the machine's memory and is used. */
  boolean isSpilled() {
    return access != Access.NONE && tensor instanceof SpilledTensor;
  }

  boolean isWhole() {
    return unit == 0;
  }

  boolean isRead() {
    return access == Access.READ || access == Access.UPDATED;
  }

  boolean isWritten() {
    return access == Access.WRITTEN || access == Access.UPDATED;
  }

  /** Columns of a slice: the tensor's own if examples are whole rows of it. */
  int columns() {
    return Math.toIntExact(unit % tensor.columns() == 0 ? tensor.columns() : unit);
  }

  /** Rows of a slice of some examples. */
  int rows(long examples) {
    return Math.toIntExact(examples * unit / columns());
  }
}
