package brink.monitor.run;

import brink.monitor.flow.FlowState;
import brink.monitor.geometry.Motion;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.regime.DetectorState;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import java.nio.BufferUnderflowException;

/**
 * Bytes of a {@link RunState}: at most {@value #MAX_BYTES}, lossless bit for bit, with a version in
 * front.
 */
public final class RunStateCodec {
  /** Most bytes of an encoded state. */
  public static final int MAX_BYTES = 2048;

  private static final byte VERSION = 6;

  private RunStateCodec() {}

  /** Encodes; equal states give equal bytes. */
  public static byte[] encode(RunState state) {
    StateWriter out = new StateWriter(MAX_BYTES);
    out.put(VERSION).put(state.runId()).put(state.ledgerTolerance());
    state.motion().write(out);
    out.put(state.reached());
    state.sequence().write(out);
    state.waiting().write(out);
    EndMark.write(out, state.endMark());
    out.put(state.flowTime());
    SphericalStep previous = state.previous();
    out.putPresence(previous != null);
    if (previous != null) {
      previous.write(out);
    }
    state.detector().write(out);
    state.flow().write(out);
    return out.bytes();
  }

  /**
   * Decodes.
   *
   * @param bytes not modified
   * @throws IllegalArgumentException if the bytes are no state of this version; the remedy is to
   *     rebuild the state from the topics
   */
  public static RunState decode(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new IllegalArgumentException(
          "run state is not of version " + VERSION + "; reset the monitor's state and replay");
    }
    try {
      return read(new StateReader(bytes));
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "run state is cut short; reset the monitor's state and replay", e);
    }
  }

  private static RunState read(StateReader in) {
    in.getByte();
    String runId = in.getString();
    double tolerance = in.getDouble();
    Motion motion = Motion.read(in);
    long reached = in.getLong();
    StepSequence sequence = StepSequence.read(in);
    Waiting waiting = Waiting.read(in, motion);
    EndMark mark = EndMark.read(in);
    double flowTime = in.getDouble();
    RunState state =
        new RunState(
            runId,
            tolerance,
            motion,
            reached,
            sequence,
            waiting,
            mark,
            flowTime,
            in.isPresent() ? SphericalStep.read(in, motion, flowTime) : null,
            DetectorState.read(in),
            FlowState.read(in));
    if (!in.isExhausted()) {
      throw new IllegalArgumentException(
          "run state is too long; reset the monitor's state and replay");
    }
    return state;
  }
}
