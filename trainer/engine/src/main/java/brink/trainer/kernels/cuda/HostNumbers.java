package brink.trainer.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import brink.trainer.kernels.Precision;
import java.lang.foreign.MemorySegment;

/** Numbers of a device's precision in the machine's memory. */
final class HostNumbers {
  private HostNumbers() {}

  /** Writes some values to the beginning of some memory, rounding them. */
  static void write(
      double[] values, int start, int count, Precision precision, MemorySegment memory) {
    switch (precision) {
      case FLOAT64 -> MemorySegment.copy(values, start, memory, JAVA_DOUBLE, 0, count);
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          memory.setAtIndex(JAVA_FLOAT, i, (float) values[start + i]);
        }
      }
    }
  }

  /** Reads values from the beginning of some memory, rounded to float. */
  static void read(MemorySegment memory, Precision precision, float[] values) {
    switch (precision) {
      case FLOAT64 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) memory.getAtIndex(JAVA_DOUBLE, i);
        }
      }
      case FLOAT32 -> MemorySegment.copy(memory, JAVA_FLOAT, 0, values, 0, values.length);
    }
  }

  /** Reads some values from the beginning of some memory. */
  static void read(
      MemorySegment memory, Precision precision, double[] values, int start, int count) {
    switch (precision) {
      case FLOAT64 -> MemorySegment.copy(memory, JAVA_DOUBLE, 0, values, start, count);
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          values[start + i] = memory.getAtIndex(JAVA_FLOAT, i);
        }
      }
    }
  }
}
