package brink.monitor.series;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A growing list of numbers: full chunks in a file, the last one in memory. One thread may add
 * while none reads.
 */
final class NumberList {
  private static final int BITS = 14;

  /** Numbers of a chunk: 128 KiB, so that a run of a million steps has some hundreds of them. */
  static final int CHUNK = 1 << BITS;

  private static final int MASK = CHUNK - 1;
  private static final int FIRST = 16;

  private final ChunkFile file;
  private final List<MemorySegment> full = new ArrayList<>();
  private double[] last = new double[FIRST];
  private int size;

  NumberList(ChunkFile file) {
    this.file = file;
  }

  void add(double number) {
    int at = size & MASK;
    if (at == last.length) {
      last = Arrays.copyOf(last, Math.min(CHUNK, 2 * last.length));
    }
    last[at] = number;
    size++;
    if (at == CHUNK - 1) {
      full.add(file.append(last));
    }
  }

  int size() {
    return size;
  }

  double get(int index) {
    int chunk = index >> BITS;
    return chunk < full.size()
        ? full.get(chunk).getAtIndex(ValueLayout.JAVA_DOUBLE, index & MASK)
        : last[index & MASK];
  }

  /** Bytes of memory that is not in the file. */
  long heapBytes() {
    return (long) last.length * Double.BYTES;
  }

  /** First index whose number is not below this one, of numbers that never fall. */
  int firstNotBelow(double number) {
    return firstNotBelow(number, 0, size);
  }

  /** The same between two indices. */
  int firstNotBelow(double number, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle) < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Indices of the smallest and the largest number of a range that is not empty. */
  Extremes extremes(int from, int to) {
    Extremes.Search search = new Extremes.Search();
    int index = from;
    while (index < to) {
      int chunk = index >> BITS;
      int end = Math.min(to, (chunk + 1) << BITS);
      if (chunk < full.size()) {
        search.look(full.get(chunk), index & MASK, end - (chunk << BITS), chunk << BITS);
      } else {
        search.look(last, index & MASK, end - (chunk << BITS), chunk << BITS);
      }
      index = end;
    }
    return search.found();
  }
}
