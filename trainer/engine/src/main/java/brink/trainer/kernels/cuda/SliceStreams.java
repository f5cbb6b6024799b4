package brink.trainer.kernels.cuda;

import java.lang.foreign.MemorySegment;

/**
 * Two streams that copy slices to and from a device while its own works on others. Slices take
 * turns in two halves of the device's memory: a half is filled once what was in it has been worked
 * on and copied out.
 */
final class SliceStreams {
  static final int HALVES = 2;

  private final Device device;
  private final long in;
  private final long out;
  private final long[] uploaded = new long[HALVES];
  private final long[] computed = new long[HALVES];
  private final long[] downloaded = new long[HALVES];

  SliceStreams(Device device) {
    this.device = device;
    in = device.createStream();
    out = device.createStream();
    for (int half = 0; half < HALVES; half++) {
      uploaded[half] = device.createEvent();
      computed[half] = device.createEvent();
      downloaded[half] = device.createEvent();
    }
    device.atClose(this::destroy);
  }

  private void destroy() {
    synchronize();
    device.driver().call("cuStreamDestroy_v2", in);
    device.driver().call("cuStreamDestroy_v2", out);
  }

  /** New memory of the machine, cleared, that these streams copy from and to. */
  MemorySegment allocate(long bytes) {
    return MemorySegment.ofAddress(device.allocatePinned(bytes)).reinterpret(bytes).fill((byte) 0);
  }

  /** What follows reads what earlier operations copied out. */
  void begin() {
    for (int half = 0; half < HALVES; half++) {
      await(in, downloaded[half]);
      await(device.stream(), downloaded[half]);
    }
  }

  /** What is copied out was worked on before, so there is no need to await that too. */
  void beginUpload(int half) {
    await(in, downloaded[half]);
  }

  void upload(long from, long to, long bytes) {
    device.driver().call("cuMemcpyHtoDAsync_v2", to, from, bytes, in);
  }

  /** The device's own stream goes on when the half is full. */
  void endUpload(int half) {
    record(uploaded[half], in);
    await(device.stream(), uploaded[half]);
  }

  /** Copies out what the device's own stream has been given to do so far. */
  void beginDownload(int half) {
    record(computed[half], device.stream());
    await(out, computed[half]);
  }

  void download(long from, long to, long bytes) {
    device.driver().call("cuMemcpyDtoHAsync_v2", to, from, bytes, out);
  }

  void endDownload(int half) {
    record(downloaded[half], out);
  }

  /** Copies in the order of the device's own stream. */
  void uploadInOrder(long from, long to, long bytes) {
    device.driver().call("cuMemcpyHtoDAsync_v2", to, from, bytes, device.stream());
  }

  /** Copies in the order of the device's own stream. */
  void downloadInOrder(long from, long to, long bytes) {
    device.driver().call("cuMemcpyDtoHAsync_v2", to, from, bytes, device.stream());
  }

  /** Waits for all work and copies. */
  void synchronize() {
    device.synchronize();
    device.driver().call("cuStreamSynchronize", in);
    device.driver().call("cuStreamSynchronize", out);
  }

  private void record(long event, long stream) {
    device.driver().call("cuEventRecord", event, stream);
  }

  private void await(long stream, long event) {
    device.driver().call("cuStreamWaitEvent", stream, event, 0);
  }
}
