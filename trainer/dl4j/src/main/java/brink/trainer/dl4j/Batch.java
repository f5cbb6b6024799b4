package brink.trainer.dl4j;

import brink.trainer.data.Dataset;
import brink.trainer.data.ImageShape;
import brink.trainer.data.Targets;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A whole data set as one batch of DL4J, in double precision. Images are handed over as DL4J's own
 * iterators do: channel by channel.
 */
final class Batch {
  private Batch() {}

  /**
   * Copies a data set.
   *
   * @param images whether inputs are n×channels×height×width and not n×d
   */
  static DataSet of(Dataset data, boolean images) {
    int columns = data.dimension();
    INDArray x = Nd4j.create(DataType.DOUBLE, data.size(), columns);
    double[] row = new double[columns];
    for (int i = 0; i < data.size(); i++) {
      data.features().copyRow(i, row, 0);
      x.putRow(i, Nd4j.createFromArray(planar(row, data.image())));
    }
    ImageShape shape = data.image();
    if (images && shape != null) {
      x = x.reshape('c', data.size(), shape.channels(), shape.height(), shape.width());
    }
    return new DataSet(x, labels(data.targets()));
  }

  private static double[] planar(double[] row, @Nullable ImageShape shape) {
    if (shape == null || shape.channels() == 1) {
      return row;
    }
    double[] planes = new double[row.length];
    int done = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int i = 0; i < shape.height(); i++) {
        for (int j = 0; j < shape.width(); j++) {
          planes[done++] = row[shape.index(i, j, channel)];
        }
      }
    }
    return planes;
  }

  private static INDArray labels(Targets targets) {
    return switch (targets) {
      case Targets.Classes(int[] labels, int count) -> {
        INDArray oneHot = Nd4j.zeros(DataType.DOUBLE, labels.length, count);
        for (int i = 0; i < labels.length; i++) {
          oneHot.putScalar(i, labels[i], 1);
        }
        yield oneHot;
      }
      case Targets.Values(double[] values) ->
          Nd4j.createFromArray(values).reshape(values.length, 1);
    };
  }
}
