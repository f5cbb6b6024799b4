package brink.monitor.catalogue;

import java.util.ArrayList;
import java.util.List;

/**
 * A long signal in a few numbers: means over equally many samples, twice as many when it is full.
 */
final class Sparkline {
  static final int MOST = 48;

  private final double[] means = new double[MOST];
  private int size;
  private int stride = 1;
  private double sum;
  private int count;

  void add(double sample) {
    sum += sample;
    count++;
    if (count < stride) {
      return;
    }
    means[size++] = sum / stride;
    sum = 0;
    count = 0;
    if (size == MOST) {
      for (int i = 0; i < MOST / 2; i++) {
        means[i] = (means[2 * i] + means[2 * i + 1]) / 2;
      }
      size = MOST / 2;
      stride *= 2;
    }
  }

  /** The means, and that of what has come since the last of them. */
  List<Double> values() {
    List<Double> values = new ArrayList<>(size + 1);
    for (int i = 0; i < size; i++) {
      values.add(means[i]);
    }
    if (count > 0) {
      values.add(sum / count);
    }
    return values;
  }
}
