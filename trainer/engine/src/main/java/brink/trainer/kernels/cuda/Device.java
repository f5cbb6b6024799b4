package brink.trainer.kernels.cuda;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** A device in use: its context, one stream that all work goes through, and its memory. */
final class Device implements AutoCloseable {
  // CU_STREAM_NON_BLOCKING and CU_EVENT_DISABLE_TIMING of cuda.h
  private static final int NON_BLOCKING = 1;
  private static final int WITHOUT_TIMES = 2;

  // Workspaces of convolutions, and what cuBLAS and cuDNN allocate at their first calls.
  private static final long FOR_LIBRARIES = 5L << 28;

  private final Driver driver;
  private final DeviceInfo info;
  private final Arena arena = Arena.ofShared();
  private final Slots out = new Slots(arena, 2);
  private final List<Long> allocated = new ArrayList<>();
  private final List<Long> pinned = new ArrayList<>();
  private final List<Runnable> atClose = new ArrayList<>();
  private final long context;
  private final long stream;
  private long boundThread;
  private long replayed;
  private boolean recording;
  private boolean replaying = true;
  private boolean closed;

  Device(Driver driver, DeviceInfo info) {
    this.driver = driver;
    this.info = info;
    // never released: the context of the process, in which cuBLAS and cuDNN keep state of their own
    driver.call("cuDevicePrimaryCtxRetain", out.address(0), info.handle());
    context = out.getLong(0);
    driver.call("cuCtxSetCurrent", context);
    stream = createStream();
  }

  /** A new stream that whoever asked for it destroys. */
  long createStream() {
    driver.call("cuStreamCreate", out.address(0), NON_BLOCKING);
    return out.getLong(0);
  }

  /** A new event, destroyed by {@link #close}. */
  long createEvent() {
    driver().call("cuEventCreate", out.address(0), WITHOUT_TIMES);
    long event = out.getLong(0);
    atClose(() -> driver.call("cuEventDestroy_v2", event));
    return event;
  }

  DeviceInfo info() {
    return info;
  }

  Arena arena() {
    return arena;
  }

  long stream() {
    return stream;
  }

  /** The driver, for work of the current thread on this device. */
  Driver driver() {
    if (closed) {
      throw new IllegalStateException("the kernels of " + info.id() + " are closed");
    }
    long thread = Thread.currentThread().threadId();
    if (boundThread != thread) {
      driver.call("cuCtxSetCurrent", context);
      boundThread = thread;
    }
    return driver;
  }

  /**
   * New memory, freed by {@link #close}.
   *
   * @throws CudaException if there is not enough
   */
  long allocate(long bytes) {
    int status = driver().tryCall("cuMemAlloc_v2", out.address(0), bytes);
    if (status == Driver.OUT_OF_MEMORY) {
      throw new CudaException(
          "%s (%s) has no room for another %s: %s of %s are free; use --train-size, a smaller network or another device"
              .formatted(
                  info.id(),
                  info.name(),
                  DeviceInfo.gibibytes(bytes),
                  DeviceInfo.gibibytes(freeBytes()),
                  DeviceInfo.gibibytes(info.bytes())));
    }
    driver.check("cuMemAlloc_v2", status);
    long address = out.getLong(0);
    allocated.add(address);
    return address;
  }

  /**
   * New memory of the machine that the device copies from and to by itself.
   *
   * @throws CudaException if there is not enough
   */
  long allocatePinned(long bytes) {
    int status = driver().tryCall("cuMemAllocHost_v2", out.address(0), bytes);
    if (status == Driver.OUT_OF_MEMORY) {
      throw new CudaException(
          "the machine has no room for another %s that %s copies from; use --train-size or a smaller network"
              .formatted(DeviceInfo.gibibytes(bytes), info.id()));
    }
    driver.check("cuMemAllocHost_v2", status);
    long address = out.getLong(0);
    pinned.add(address);
    return address;
  }

  /** Memory that nothing has taken. */
  long freeBytes() {
    driver().call("cuMemGetInfo_v2", out.address(0), out.address(1));
    return out.getLong(0);
  }

  /** Memory that tensors can take. */
  long usableBytes() {
    long free = freeBytes();
    return free - Math.min(free / 16, FOR_LIBRARIES);
  }

  /** New memory as {@link #allocate}, cleared. */
  long allocateZeros(long bytes) {
    long address = allocate(bytes);
    driver().call("cuMemsetD8Async", address, (byte) 0, bytes, stream);
    return address;
  }

  void copy(CudaTensor from, CudaTensor to) {
    driver().call("cuMemcpyDtoDAsync_v2", to.address(), from.address(), from.bytes(), stream);
  }

  /** Begins or ends a time in which work is recorded instead of done. */
  void setRecording(boolean recording) {
    this.recording = recording;
  }

  /** Refuses what cannot be part of recorded work though the driver would take it. */
  void requireNotRecording() {
    if (recording) {
      throw new CudaException("work that is to be recorded reads or sets numbers");
    }
  }

  /** Queues recorded work. */
  void replay(long graph) {
    driver().call("cuGraphLaunch", graph, stream);
    replayed++;
  }

  /** How often recorded work was queued. */
  long replayed() {
    return replayed;
  }

  /** Whether work that was recorded is replayed, or done anew. */
  boolean isReplaying() {
    return replaying;
  }

  void setReplaying(boolean replaying) {
    this.replaying = replaying;
  }

  /** Waits for all work. */
  void synchronize() {
    driver().call("cuStreamSynchronize", stream);
  }

  /** Waits for an event; for any thread. */
  void await(long event) {
    driver.call("cuCtxSetCurrent", context);
    driver.call("cuEventSynchronize", event);
  }

  /** Does something before memory is freed and the context is left; the last first. */
  void atClose(Runnable work) {
    atClose.addFirst(work);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    driver();
    atClose.forEach(Runnable::run);
    allocated.forEach(address -> driver.call("cuMemFree_v2", address));
    pinned.forEach(address -> driver.call("cuMemFreeHost", address));
    driver.call("cuStreamDestroy_v2", stream);
    closed = true;
    arena.close();
  }
}
