package brink.trainer.data;

import java.util.Arrays;

/**
 * The affine map of each column to mean 0 and variance 1 over the data that it was fitted on. A
 * column that is constant there is only centred.
 *
 * @param means one for each column
 * @param deviations population standard deviation of each column; 1 where it is constant
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked for
public record Standardization(double[] means, double[] deviations) {
  /** Fits to training data, in two passes over it. */
  public static Standardization fit(Features training) {
    int rows = training.rows();
    int columns = training.columns();
    double[] row = new double[columns];
    double[] means = new double[columns];
    double[] squares = new double[columns];
    double[] first = new double[columns];
    boolean[] varies = new boolean[columns];
    training.copyRow(0, first, 0);
    for (int i = 0; i < rows; i++) {
      training.copyRow(i, row, 0);
      for (int j = 0; j < columns; j++) {
        means[j] += (row[j] - first[j]) / rows;
        varies[j] |= row[j] != first[j];
      }
    }
    Arrays.setAll(means, j -> first[j] + means[j]);
    for (int i = 0; i < rows; i++) {
      training.copyRow(i, row, 0);
      for (int j = 0; j < columns; j++) {
        double centred = row[j] - means[j];
        squares[j] += centred * centred / rows;
      }
    }
    Arrays.setAll(squares, j -> varies[j] ? Math.sqrt(squares[j]) : 1);
    return new Standardization(means, squares);
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
        test == null ? null : test.withFeatures(fitted.apply(test.features())));
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
    public void copyRow(int row, double[] into, int offset) {
      source.copyRow(row, into, offset);
      for (int j = 0; j < columns(); j++) {
        into[offset + j] = (into[offset + j] - map.means[j]) / map.deviations[j];
      }
    }
  }
}
