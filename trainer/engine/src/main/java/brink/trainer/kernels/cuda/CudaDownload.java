package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Download;
import brink.trainer.kernels.Shapes;
import brink.trainer.kernels.Tensor;
import java.lang.foreign.MemorySegment;

/**
 * A vector on its way to the heap: a copy within the device, in the order of its work, and then one
 * to pinned memory beside it.
 */
final class CudaDownload implements Download {
  private final Device device;
  private final CudaTensor vector;
  private final MemorySegment pinned;
  private final long stream;
  private final long kept;
  private final long arrived;
  private final float[] entries;

  /**
   * @param vector of the device's, for this use only
   */
  CudaDownload(Device device, CudaTensor vector) {
    this.device = device;
    this.vector = vector;
    pinned =
        MemorySegment.ofAddress(device.allocatePinned(vector.bytes())).reinterpret(vector.bytes());
    entries = new float[Math.toIntExact(vector.length())];
    stream = device.createStream();
    kept = device.createEvent();
    arrived = device.createEvent();
    device.atClose(() -> device.driver().call("cuStreamDestroy_v2", stream));
  }

  @Override
  public void begin(Tensor from) {
    Shapes.requireSameLength(from, vector);
    device.copy(CudaTensor.of(from), vector);
    Driver driver = device.driver();
    driver.call("cuEventRecord", kept, device.stream());
    driver.call("cuStreamWaitEvent", stream, kept, 0);
    driver.call("cuMemcpyDtoHAsync_v2", pinned.address(), vector.address(), vector.bytes(), stream);
    driver.call("cuEventRecord", arrived, stream);
  }

  @Override
  public float[] take() {
    device.await(arrived);
    HostNumbers.read(pinned, vector.precision(), entries);
    return entries;
  }
}
