package brink.trainer.network;

import brink.trainer.data.Dataset;
import brink.trainer.data.Targets;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/**
 * Inputs and targets on the device of some kernels.
 *
 * @param inputs n×d
 * @param targets n×k: classes, one-hot or smoothed, or numbers
 * @param classes whether the largest target of a row is its class, so that accuracy means something
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
    return new Examples(x, t, isOneHot(targets, outputs));
  }

  /**
   * Copies a data set to the device; classes become one-hot targets, numbers a single column.
   *
   * @param data classified or with real targets
   */
  public static Examples of(Kernels kernels, Dataset data) {
    int features = data.dimension();
    Tensor x = kernels.allocate(data.size(), features);
    double[] row = new double[features];
    for (int i = 0; i < data.size(); i++) {
      data.features().copyRow(i, row, 0);
      x.view((long) i * features, 1, features).set(row);
    }
    return switch (data.targets()) {
      case Targets.Classes(int[] labels, int count) -> {
        Tensor t = kernels.allocate(data.size(), count);
        t.set(oneHot(labels, count));
        yield new Examples(x, t, true);
      }
      case Targets.Values(double[] values) -> {
        Tensor t = kernels.allocate(data.size(), 1);
        t.set(values);
        yield new Examples(x, t, false);
      }
    };
  }

  /**
   * Copies a data set to the device, with smoothed classes: (1 − s)·(one-hot) + s/k for k classes
   * (Szegedy and others, arXiv 1512.00567, section 7).
   *
   * @param data classified
   * @param smoothing s, from 0 to below 1
   * @throws IllegalArgumentException if the targets are numbers, or s is out of range
   */
  public static Examples smoothed(Kernels kernels, Dataset data, double smoothing) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing must be at least 0 and below 1, not " + smoothing);
    }
    if (!(data.targets() instanceof Targets.Classes(int[] labels, int count))) {
      throw new IllegalArgumentException("only classes can be smoothed, the targets are numbers");
    }
    Examples examples = of(kernels, data);
    double[] targets = oneHot(labels, count);
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (1 - smoothing) * targets[i] + smoothing / count;
    }
    examples.targets.set(targets);
    return examples;
  }

  /** Refuses inputs that are no examples of a shape. */
  void requireShape(Shape shape) {
    if (shape.features() != inputs.columns()) {
      throw new IllegalArgumentException(
          "examples have %d features, the network takes %s".formatted(inputs.columns(), shape));
    }
  }

  /** Refuses test data that training data do not fit to. */
  void requireSameWidths(Examples train) {
    if (train.inputs.columns() != inputs.columns()
        || train.targets.columns() != targets.columns()) {
      throw new IllegalArgumentException(
          "training examples of %d→%d, test examples of %d→%d"
              .formatted(
                  train.inputs.columns(),
                  train.targets.columns(),
                  inputs.columns(),
                  targets.columns()));
    }
  }

  private static double[] oneHot(int[] labels, int count) {
    double[] targets = new double[labels.length * count];
    for (int i = 0; i < labels.length; i++) {
      targets[i * count + labels[i]] = 1;
    }
    return targets;
  }

  /** n. */
  public int size() {
    return inputs.rows();
  }

  private static boolean isOneHot(double[] targets, int outputs) {
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
