package brink.trainer.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/**
 * Doubles in the memory of a device that come back together, so that whoever needs several waits
 * once. Reading one waits only if it may have been overwritten since they came.
 */
final class ScalarPage {
  private static final int SIZE = 64;
  private static final long BYTES = SIZE * (long) Double.BYTES;

  private final Device device;
  private final long address;
  private final MemorySegment copy;
  private final long[] overwritten = new long[SIZE];
  private int taken;
  private long writes;
  private long writesCopied;
  private long replayedCopied;

  ScalarPage(Device device) {
    this.device = device;
    address = device.allocateZeros(BYTES);
    copy = MemorySegment.ofAddress(device.allocatePinned(BYTES)).reinterpret(BYTES);
  }

  boolean isFull() {
    return taken == SIZE;
  }

  CudaScalar next() {
    CudaScalar scalar = new CudaScalar(this, taken);
    overwritten[taken] = ++writes;
    taken++;
    return scalar;
  }

  long overwritten(int slot) {
    overwritten[slot] = ++writes;
    return address + (long) slot * Double.BYTES;
  }

  double get(int slot) {
    device.requireNotRecording();
    // recorded work writes whatever it wrote when it was recorded
    if (overwritten[slot] > writesCopied || device.replayed() > replayedCopied) {
      copy();
    }
    return copy.getAtIndex(JAVA_DOUBLE, slot);
  }

  private void copy() {
    device.driver().call("cuMemcpyDtoHAsync_v2", copy.address(), address, BYTES, device.stream());
    device.synchronize();
    writesCopied = writes;
    replayedCopied = device.replayed();
  }
}
