package brink.trainer.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two NumPy arrays: features n×… and targets n, integers for classes, floats for regression.
 * Features n×height×width×channels are images.
 */
final class NpyFiles extends DataSource {
  private final Path features;
  private final Path targets;

  private NpyFiles(Path features, Path targets) {
    this.features = features;
    this.targets = targets;
  }

  static NpyFiles of(String argument) {
    int comma = argument.indexOf(',');
    if (comma <= 0 || comma == argument.length() - 1) {
      throw new DataException(
          "npy:%s: expected two files separated by a comma, npy:X,Y".formatted(argument));
    }
    return new NpyFiles(
        Path.of(argument.substring(0, comma)), Path.of(argument.substring(comma + 1)));
  }

  @Override
  protected Split read(DataOptions options) {
    NpyArray x = NpyArray.read(features);
    NpyArray y = NpyArray.read(targets);
    if (x.rows() != y.rows() || y.values().length != y.rows()) {
      throw new DataException(
          "%s: expected %d targets, one for each row of %s, found shape %s"
              .formatted(targets, x.rows(), features, y.shape()));
    }
    Features rows =
        new DenseFeatures(x.rows(), x.values().length / x.rows(), x.values(), image(x.shape()));
    return Split.shuffled(new Dataset("npy:" + features, rows, targets(y)), options);
  }

  private static @Nullable ImageShape image(List<Integer> shape) {
    return shape.size() == 4 ? new ImageShape(shape.get(1), shape.get(2), shape.get(3)) : null;
  }

  private Targets targets(NpyArray y) {
    if (!y.integers()) {
      return new Targets.Values(y.values());
    }
    int[] labels = new int[y.rows()];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      double value = y.values()[i];
      // More classes than examples would be a mistake, and a wasted output layer.
      if (value < 0 || value >= labels.length) {
        throw new DataException(
            "%s: entry %d is %.0f, expected a class from 0 to fewer than the %d rows"
                .formatted(targets, i, value, labels.length));
      }
      labels[i] = (int) value;
      count = Math.max(count, labels[i] + 1);
    }
    return new Targets.Classes(labels, count);
  }
}
