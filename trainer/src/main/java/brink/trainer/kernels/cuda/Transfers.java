package brink.trainer.kernels.cuda;

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
      Numbers.write(values, start, count, precision, staging);
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
      Numbers.read(staging, precision, values, start, count);
    }
  }
}
