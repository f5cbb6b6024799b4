package brink.trainer.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import brink.trainer.kernels.Precision;
import java.lang.foreign.MemorySegment;

/**
 * Copies numbers between the Java heap and a device, through pinned memory, rounding on the way.
 */
final class Transfers {
  // Large enough for the bus' full rate, small beside everything else.
  private static final long BYTES = 8 << 20;

  private final Device device;
  private final MemorySegment staging;

  Transfers(Device device) {
    this.device = device;
    staging = MemorySegment.ofAddress(device.allocatePinned(BYTES)).reinterpret(BYTES);
  }

  void upload(double[] values, Precision precision, long address) {
    int width = precision.bytes();
    int most = (int) (BYTES / width);
    for (int start = 0; start < values.length; start += most) {
      int count = Math.min(most, values.length - start);
      narrow(values, start, count, precision);
      device
          .driver()
          .call(
              "cuMemcpyHtoDAsync_v2",
              address + (long) start * width,
              staging.address(),
              (long) count * width,
              device.stream());
      device.synchronize();
    }
  }

  private void narrow(double[] values, int start, int count, Precision precision) {
    switch (precision) {
      case FLOAT64 -> MemorySegment.copy(values, start, staging, JAVA_DOUBLE, 0, count);
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          staging.setAtIndex(JAVA_FLOAT, i, (float) values[start + i]);
        }
      }
    }
  }

  void download(long address, Precision precision, double[] values) {
    int width = precision.bytes();
    int most = (int) (BYTES / width);
    for (int start = 0; start < values.length; start += most) {
      int count = Math.min(most, values.length - start);
      device
          .driver()
          .call(
              "cuMemcpyDtoHAsync_v2",
              staging.address(),
              address + (long) start * width,
              (long) count * width,
              device.stream());
      device.synchronize();
      widen(values, start, count, precision);
    }
  }

  private void widen(double[] values, int start, int count, Precision precision) {
    switch (precision) {
      case FLOAT64 -> MemorySegment.copy(staging, JAVA_DOUBLE, 0, values, start, count);
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          values[start + i] = staging.getAtIndex(JAVA_FLOAT, i);
        }
      }
    }
  }
}
