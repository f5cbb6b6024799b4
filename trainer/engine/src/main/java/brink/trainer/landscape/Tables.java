package brink.trainer.landscape;

/** Tables of doubles, one example a row. */
final class Tables {
  private Tables() {}

  static double[] columnMeans(double[][] table) {
    double[] mean = new double[table[0].length];
    for (double[] row : table) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j] / table.length;
      }
    }
    return mean;
  }

  /** Row-major entries of the table minus a row. */
  static double[] flattenWithout(double[][] table, double[] subtracted) {
    int columns = subtracted.length;
    double[] flat = new double[table.length * columns];
    for (int i = 0; i < table.length; i++) {
      for (int j = 0; j < columns; j++) {
        flat[i * columns + j] = table[i][j] - subtracted[j];
      }
    }
    return flat;
  }
}
