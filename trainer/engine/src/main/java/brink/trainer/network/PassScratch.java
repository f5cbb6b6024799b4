package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensors that layers use within a pass and share with each other: adjoint tangents on their way
 * back, and activations of other examples. Slots are numbered; a layer within another one uses
 * higher numbers.
 */
final class PassScratch {
  /** What a {@link Chain} uses, from its first slot on. */
  static final int SLOTS_OF_CHAIN = 2;

  /** What a {@link ResidualLayer} uses beside its branches. */
  static final int SLOTS_OF_RESIDUAL = 1;

  private final int examples;
  private final int widest;
  private final List<Tensor> slots = new ArrayList<>();

  /**
   * Slots of up to examples×widest.
   *
   * @param widest largest number of features of an example between two layers
   */
  PassScratch(Kernels kernels, int examples, int widest, int count) {
    this.examples = examples;
    this.widest = widest;
    for (int i = 0; i < count; i++) {
      slots.add(kernels.allocate(examples, widest));
    }
  }

  /** Rows of the largest window. */
  int examples() {
    return examples;
  }

  /** A window of a slot, which shares memory with all others of that slot. */
  Tensor window(int slot, int rows, int columns) {
    if (rows > examples || columns > widest) {
      throw new IllegalArgumentException(
          "%d×%d does not fit into scratch of %d×%d".formatted(rows, columns, examples, widest));
    }
    return slots.get(slot).view(0, rows, columns);
  }
}
