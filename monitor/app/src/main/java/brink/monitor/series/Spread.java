package brink.monitor.series;

import java.util.ArrayList;
import java.util.List;

/** Some of many, evenly spread. */
final class Spread {
  private Spread() {}

  /**
   * At most so many elements; the last is among them, and from two on the first.
   *
   * @param most at least 1
   */
  static <T> List<T> of(List<T> all, int most) {
    if (all.size() <= most) {
      return List.copyOf(all);
    }
    if (most == 1) {
      return List.of(all.getLast());
    }
    List<T> some = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
    }
    return some;
  }
}
