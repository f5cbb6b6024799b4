package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.VectorMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that becomes a graph of the device. The first time it runs as it is, so that everything it
 * needs is allocated and chosen; the second time it is recorded; from then on the graph is
 * launched.
 */
final class RecordedWork implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(RecordedWork.class);

  // CU_STREAM_CAPTURE_MODE_THREAD_LOCAL of cuda.h: other threads may do what they like
  private static final int THREAD_LOCAL = 1;

  private enum State {
    FRESH,
    WARM,
    RECORDED,
    DIRECT
  }

  private final Device device;
  private final Runnable work;
  private final Slots out;
  private State state = State.FRESH;
  private long graph;

  RecordedWork(Device device, Runnable work) {
    this.device = device;
    this.work = work;
    out = new Slots(device.arena(), 1);
  }

  /** Work on vectors of the device's own, which others are copied to and from. */
  static VectorMap ofVectors(Device device, Kernels kernels, int length, VectorMap work) {
    Tensor source = kernels.allocate(1, length);
    Tensor target = kernels.allocate(1, length);
    RecordedWork recording = new RecordedWork(device, () -> work.apply(source, target));
    return (from, to) -> {
      kernels.copy(from, source);
      recording.run();
      kernels.copy(target, to);
    };
  }

  @Override
  public void run() {
    switch (device.isReplaying() ? state : State.DIRECT) {
      case FRESH -> {
        work.run();
        state = State.WARM;
      }
      case WARM -> record();
      case RECORDED -> launch();
      case DIRECT -> work.run();
    }
  }

  private void record() {
    try {
      graph = executable(capture());
      state = State.RECORDED;
    } catch (CudaException e) {
      log.warn("work on {} is queued piece by piece: {}", device.info().id(), e.getMessage());
      state = State.DIRECT;
      work.run();
      return;
    }
    launch();
  }

  /** The graph of what the work queues, without doing it. */
  private long capture() {
    Driver driver = device.driver();
    driver.call("cuStreamBeginCapture_v2", device.stream(), THREAD_LOCAL);
    device.setRecording(true);
    try {
      work.run();
    } catch (RuntimeException e) {
      out.set(0, 0L);
      driver.tryCall("cuStreamEndCapture", device.stream(), out.address(0));
      if (out.getLong(0) != 0) {
        driver.call("cuGraphDestroy", out.getLong(0));
      }
      throw e;
    } finally {
      device.setRecording(false);
    }
    driver.call("cuStreamEndCapture", device.stream(), out.address(0));
    return out.getLong(0);
  }

  private long executable(long captured) {
    Driver driver = device.driver();
    int status = driver.tryCall("cuGraphInstantiateWithFlags", out.address(0), captured, 0L);
    driver.call("cuGraphDestroy", captured);
    driver.check("cuGraphInstantiateWithFlags", status);
    long executable = out.getLong(0);
    device.atClose(() -> driver.call("cuGraphExecDestroy", executable));
    return executable;
  }

  private void launch() {
    device.replay(graph);
  }
}
