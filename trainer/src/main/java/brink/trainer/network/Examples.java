package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/**
 * Inputs and targets on the device of some kernels.
 *
 * @param inputs n×d
 * @param targets n×k: one-hot classes, or numbers
 * @param classes whether every row of the targets is one-hot, so that accuracy means something
 */
public record Examples(Tensor inputs, Tensor targets, boolean classes) {
  /**
   * Copies examples to the device.
   *
   * @param inputs n×d, row-major
   * @param targets n×k, row-major
   */
  public static Examples of(
      Kernels kernels, int examples, int features, double[] inputs, int outputs, double[] targets) {
    Tensor x = kernels.allocate(examples, features);
    Tensor t = kernels.allocate(examples, outputs);
    x.set(inputs);
    t.set(targets);
    return new Examples(x, t, oneHot(targets, outputs));
  }

  /** n. */
  public int size() {
    return inputs.rows();
  }

  private static boolean oneHot(double[] targets, int outputs) {
    if (outputs < 2) {
      return false;
    }
    for (int start = 0; start < targets.length; start += outputs) {
      int ones = 0;
      for (int j = start; j < start + outputs; j++) {
        if (targets[j] != 0 && targets[j] != 1) {
          return false;
        }
        ones += targets[j] == 1 ? 1 : 0;
      }
      if (ones != 1) {
        return false;
      }
    }
    return true;
  }
}
