package brink.trainer.cli;

import brink.trainer.data.Dataset;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The first examples for training, as they are in the file.
 *
 * @param rows one for each example
 */
record FirstRows(List<Row> rows) {
  /** More numbers of an example are no help to a reader. */
  private static final int MOST = 8;

  /**
   * An example.
   *
   * @param features the first of them
   * @param more how many more features there are
   * @param target number to predict, or label of the class
   */
  record Row(List<Double> features, int more, double target) {}

  static FirstRows of(Split data, int most) {
    Dataset train = data.train();
    int count = Math.min(most, train.size());
    return new FirstRows(IntStream.range(0, count).mapToObj(i -> row(train, i)).toList());
  }

  private static Row row(Dataset data, int index) {
    double[] all = new double[data.dimension()];
    data.features().copyRow(index, all, 0);
    List<Double> first = Arrays.stream(all).limit(MOST).boxed().toList();
    double target =
        switch (data.targets()) {
          case Targets.Classes(int[] labels, int _) -> labels[index];
          case Targets.Values(double[] values) -> values[index];
        };
    return new Row(first, all.length - first.size(), target);
  }
}
