package brink.trainer.kernels.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Working memory of one thread, which grows to what was ever asked for and is then reused: the same
 * memory comes back for the same request, with any content unless it says otherwise.
 */
final class ThreadScratch {
  private static final int KINDS = 8;
  private static final long CACHE_LINE = 64;

  private final double[][] tiles = new double[KINDS][0];
  private final double[][] sums = new double[KINDS][0];
  private final double[][] repeated = new double[KINDS][0];
  private final MemorySegment[] memory = new MemorySegment[KINDS];
  private float[] narrow = new float[0];

  ThreadScratch() {
    Arrays.fill(memory, MemorySegment.NULL);
  }

  /** Room for a tile of numbers. */
  double[] tile(int i, int length) {
    return grown(tiles, i, length);
  }

  /** Zeros to add tiles up in. */
  double[] sums(int i, int length) {
    double[] zeros = grown(sums, i, length);
    Arrays.fill(zeros, 0, length, 0);
    return zeros;
  }

  /** Sums as they are. */
  double[] summed(int i) {
    return sums[i];
  }

  /** Numbers of columns, one after the other until a length is full. */
  double[] repeated(int i, double[] columns, int length) {
    double[] full = grown(repeated, i, length);
    for (int at = 0; at < length; at += columns.length) {
      System.arraycopy(columns, 0, full, at, Math.min(columns.length, length - at));
    }
    return full;
  }

  private static double[] grown(double[][] arrays, int i, int length) {
    if (arrays[i].length < length) {
      arrays[i] = new double[length];
    }
    return arrays[i];
  }

  /** Room to round a tile in. */
  float[] narrow(int length) {
    if (narrow.length < length) {
      narrow = new float[length];
    }
    return narrow;
  }

  /** At least so many bytes outside the heap. */
  MemorySegment memory(int i, Arena arena, long bytes) {
    if (memory[i].byteSize() < bytes) {
      memory[i] = arena.allocate(bytes, CACHE_LINE);
    }
    return memory[i];
  }
}
