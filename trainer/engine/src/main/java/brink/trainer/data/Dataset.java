package brink.trainer.data;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Examples: inputs and what is to be predicted from them. Immutable.
 *
 * @param name where it comes from, in words that tell runs apart
 * @param features n×d
 * @param targets n
 */
public record Dataset(String name, Features features, Targets targets) {
  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if features and targets differ in number, or the features in
   *     length from the image that they are said to be
   */
  public Dataset {
    if (features.rows() != targets.size()) {
      throw new IllegalArgumentException(
          "%d rows of features, %d targets".formatted(features.rows(), targets.size()));
    }
    ImageShape image = features.image();
    if (image != null && image.length() != features.columns()) {
      throw new IllegalArgumentException(
          "%d features are no %s image".formatted(features.columns(), image));
    }
  }

  /** n, the number of examples. */
  public int size() {
    return features.rows();
  }

  /** d, the number of features of each example. */
  public int dimension() {
    return features.columns();
  }

  /** How the features of an example are laid out as an image; null if they are none. */
  public @Nullable ImageShape image() {
    return features.image();
  }

  /**
   * The examples at these places, in this order; shares memory with this.
   *
   * @param rows indices, taken over
   */
  Dataset select(int[] rows) {
    return new Dataset(name, new SelectedFeatures(features, rows), targets.select(rows));
  }

  /** The first examples; shares memory with this. */
  public Dataset first(int count) {
    return count == size() ? this : select(IntStream.range(0, count).toArray());
  }

  Dataset withFeatures(Features changed) {
    return new Dataset(name, changed, targets);
  }
}
