package brink.trainer.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The affine map of each column to mean 0 and variance 1 over the data that it was fitted on; of
 * images, the map of each channel, so that the pixels keep their proportions and the noise at the
 * border is not blown up. A column (channel) that is constant there is only centred.
 *
 * @param means one for each column
 * @param deviations population standard deviation of each column (channel); 1 where it is constant
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked for
public record Standardization(double[] means, double[] deviations) {
  /** Fits to training data, in two passes over it. */
  public static Standardization fit(Features training) {
    ImageShape image = training.image();
    int columns = training.columns();
    // Columns with the same remainder have one mean and one deviation.
    int kinds = image == null ? columns : image.channels();
    double count = (double) training.rows() * columns / kinds;
    double[] row = new double[columns];
    double[] means = new double[kinds];
    double[] squares = new double[kinds];
    double[] first = new double[columns];
    boolean[] varies = new boolean[kinds];
    training.copyRow(0, first, 0);
    for (int i = 0; i < training.rows(); i++) {
      training.copyRow(i, row, 0);
      for (int j = 0; j < columns; j++) {
        int k = j % kinds;
        means[k] += (row[j] - first[k]) / count;
        varies[k] |= row[j] != first[k];
      }
    }
    Arrays.setAll(means, k -> first[k] + means[k]);
    for (int i = 0; i < training.rows(); i++) {
      training.copyRow(i, row, 0);
      for (int j = 0; j < columns; j++) {
        double centred = row[j] - means[j % kinds];
        squares[j % kinds] += centred * centred / count;
      }
    }
    Arrays.setAll(squares, k -> varies[k] ? Math.sqrt(squares[k]) : 1);
    return new Standardization(repeated(means, columns), repeated(squares, columns));
  }

  private static double[] repeated(double[] values, int length) {
    double[] all = new double[length];
    Arrays.setAll(all, j -> values[j % values.length]);
    return all;
  }

  /** The features under this map, which is applied anew whenever a row is read. */
  public Features apply(Features features) {
    return new Standardized(features, this);
  }

  /** Both parts of the split under the map that is fitted on its training part. */
  static Split standardize(Split split) {
    Standardization fitted = fit(split.train().features());
    Dataset test = split.test();
    return new Split(
        split.train().withFeatures(fitted.apply(split.train().features())),
        test == null ? null : test.withFeatures(fitted.apply(test.features())),
        split.provenance(),
        true);
  }

  private record Standardized(Features source, Standardization map) implements Features {
    @Override
    public int rows() {
      return source.rows();
    }

    @Override
    public int columns() {
      return source.columns();
    }

    @Override
    public @Nullable ImageShape image() {
      return source.image();
    }

    @Override
    public void copyRow(int row, double[] into, int offset) {
      source.copyRow(row, into, offset);
      for (int j = 0; j < columns(); j++) {
        into[offset + j] = (into[offset + j] - map.means[j]) / map.deviations[j];
      }
    }
  }
}
