package brink.trainer.dl4j;

import brink.trainer.network.Shape;
import java.util.stream.IntStream;

/**
 * Which of DL4J's numbers stands at each place of an array of ours: ours[i] = theirs[order[i]].
 * DL4J keeps images channels first, ours are channels last.
 */
final class WeightOrder {
  private WeightOrder() {}

  static int[] same(int length) {
    return IntStream.range(0, length).toArray();
  }

  /**
   * Of a dense layer: inputs×units column by column to units×inputs row by row, which is the same
   * but for the order of an image's pixels and channels.
   *
   * @param input an image that DL4J flattens, or a vector
   */
  static int[] dense(Shape input, int units) {
    int features = input.features();
    int[] order = new int[Math.multiplyExact(units, features)];
    for (int i = 0; i < order.length; i++) {
      int feature = i % features;
      int channel = feature % input.channels();
      int position = feature / input.channels();
      order[i] = i - feature + channel * input.positions() + position;
    }
    return order;
  }

  /** Of a convolution: filters×channels×y×x to filters×y×x×channels. */
  static int[] convolution(int filters, int channels, int kernel) {
    int pixels = kernel * kernel;
    int patch = pixels * channels;
    int[] order = new int[Math.multiplyExact(filters, patch)];
    for (int i = 0; i < order.length; i++) {
      int entry = i % patch;
      order[i] = i - entry + entry % channels * pixels + entry / channels;
    }
    return order;
  }

  /** Values in our order. */
  static double[] apply(int[] order, double[] theirs) {
    double[] ours = new double[order.length];
    for (int i = 0; i < ours.length; i++) {
      ours[i] = theirs[order[i]];
    }
    return ours;
  }
}
