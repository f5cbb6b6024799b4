package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Precision;
import java.lang.foreign.MemorySegment;

/**
 * Copies numbers between the Java heap and a device, through pinned memory, rounding on the way.
 */
final class Transfers {
  // Large enough for the bus' full rate, small beside everything else.
  private static final long BYTES = 8 << 20;
  // Behind that, room for uploads that nobody waits for, of up to a sixteenth of it.
  private static final long UNAWAITED = 64 << 10;

  private final Device device;
  private final MemorySegment staging;
  private long unawaited;

  Transfers(Device device) {
    this.device = device;
    long bytes = BYTES + UNAWAITED;
    staging = MemorySegment.ofAddress(device.allocatePinned(bytes)).reinterpret(bytes);
  }

  void upload(double[] values, Precision precision, long address) {
    int width = precision.bytes();
    if ((long) values.length * width <= UNAWAITED / 16) {
      uploadUnawaited(values, precision, address);
      return;
    }
    int most = (int) (BYTES / width);
    for (int start = 0; start < values.length; start += most) {
      int count = Math.min(most, values.length - start);
      HostNumbers.write(values, start, count, precision, staging);
      upload(staging, (long) count * width, address + (long) start * width);
      device.synchronize();
    }
  }

  /** Few numbers, which are copied in the order of the device's work. */
  private void uploadUnawaited(double[] values, Precision precision, long address) {
    device.requireNotRecording();
    long bytes = (long) values.length * precision.bytes();
    if (unawaited + bytes > UNAWAITED) {
      device.synchronize();
      unawaited = 0;
    }
    MemorySegment room = staging.asSlice(BYTES + unawaited, bytes);
    unawaited += (bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    HostNumbers.write(values, 0, values.length, precision, room);
    upload(room, bytes, address);
  }

  private void upload(MemorySegment from, long bytes, long address) {
    device.driver().call("cuMemcpyHtoDAsync_v2", address, from.address(), bytes, device.stream());
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
      HostNumbers.read(staging, precision, values, start, count);
    }
  }
}
