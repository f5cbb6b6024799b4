package brink.trainer.dl4j;

import brink.trainer.data.Dataset;
import brink.trainer.data.Features;
import brink.trainer.data.ImageShape;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Normal numbers, as images or not. */
record RandomFeatures(int rows, int columns, @Nullable ImageShape image) implements Features {
  /** Classified examples, 20 of them for training and 7 for tests. */
  static Split split(int columns, @Nullable ImageShape image, int classes) {
    return new Split(dataset(20, columns, image, classes), dataset(7, columns, image, classes));
  }

  private static Dataset dataset(int rows, int columns, @Nullable ImageShape image, int classes) {
    int[] labels = new Random(rows).ints(rows, 0, classes).toArray();
    return new Dataset(
        "random", new RandomFeatures(rows, columns, image), new Targets.Classes(labels, classes));
  }

  @Override
  public void copyRow(int row, double[] into, int offset) {
    Random random = new Random(1000L * rows + row);
    for (int j = 0; j < columns; j++) {
      into[offset + j] = random.nextGaussian();
    }
  }
}
