package brink.monitor.series;

import brink.v1.FlowFitted;
import java.util.ArrayList;
import java.util.List;

/**
 * The fits of a run, whole, in the order of their steps. Beyond a number of them every second one
 * goes, so that they stay evenly spread; the newest is always there.
 */
final class FitLog {
  /** Of some 600 bytes each. */
  static final int MOST = 2_000;

  private final List<FlowFitted> fits = new ArrayList<>();
  private int stride = 1;
  private int count;

  void add(FlowFitted fit) {
    if (count > 0 && (count - 1) % stride != 0) {
      fits.removeLast();
    }
    fits.add(fit);
    count++;
    if (fits.size() > MOST) {
      halve();
    }
  }

  /** All fits that there were. */
  int count() {
    return count;
  }

  /** Those that are kept. */
  List<FlowFitted> all() {
    return fits;
  }

  private void halve() {
    List<FlowFitted> every = new ArrayList<>();
    for (int i = 0; i < fits.size(); i += 2) {
      every.add(fits.get(i));
    }
    if (fits.size() % 2 == 0) {
      every.add(fits.getLast());
    }
    fits.clear();
    fits.addAll(every);
    stride *= 2;
  }
}
