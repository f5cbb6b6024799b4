package brink.trainer.dl4j;

import brink.trainer.data.ByteFeatures;
import brink.trainer.data.Dataset;
import brink.trainer.data.ImageShape;
import brink.trainer.data.Targets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Gathers the grey images that an iterator of DL4J hands out, as the bytes that they once were. */
final class Images {
  /** Those of MNIST. */
  private static final int CLASSES = 10;

  private final float scale;
  private final ImageShape shape;
  private final List<byte[]> pixels = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  /**
   * An empty collection.
   *
   * @param scale what the iterator's numbers are multiplied with to become 0 … 255
   * @param shape of an image, of one channel
   */
  Images(float scale, ImageShape shape) {
    this.scale = scale;
    this.shape = shape;
  }

  int count() {
    return pixels.size();
  }

  /** Reads until enough or, if no number is given, until the end. */
  void read(DataSetIterator iterator, @Nullable Integer asked) {
    int limit = asked == null ? Integer.MAX_VALUE : asked;
    while (count() < limit && iterator.hasNext()) {
      DataSet batch = iterator.next();
      INDArray features = batch.getFeatures();
      long rows = features.size(0);
      float[][] values = features.reshape('c', rows, features.length() / rows).toFloatMatrix();
      int[] classes = labels(batch);
      for (int i = 0; i < values.length && count() < limit; i++) {
        pixels.add(image(values[i]));
        labels.add(classes[i]);
      }
    }
  }

  Dataset dataset(String name) {
    return new Dataset(
        name,
        new ByteFeatures(pixels.toArray(byte[][]::new), shape),
        new Targets.Classes(labels.stream().mapToInt(Integer::intValue).toArray(), CLASSES));
  }

  private byte[] image(float[] values) {
    byte[] bytes = new byte[shape.length()];
    for (int j = 0; j < bytes.length; j++) {
      bytes[j] = (byte) Math.round(values[j] * scale);
    }
    return bytes;
  }

  /** The classes of a batch whose labels are one-hot rows. */
  static int[] labels(DataSet batch) {
    return batch.getLabels().argMax(1).toIntVector();
  }
}
