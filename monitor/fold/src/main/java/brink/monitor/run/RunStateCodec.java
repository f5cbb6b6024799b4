package brink.monitor.run;

import brink.monitor.flow.FlowState;
import brink.monitor.geometry.Motion;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.regime.DetectorState;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import java.nio.BufferUnderflowException;

/**
 * Bytes of a {@link RunState}: lossless bit for bit, with a version in front. At most {@value
 * #MAX_BYTES}, and 13 more for each end or resumption that waits for steps.
 */
public final class RunStateCodec {
  /** Most bytes of an encoded state of which no end or resumption waits. */
  public static final int MAX_BYTES = 3616;

  private static final byte VERSION = 12;

  private RunStateCodec() {}

  /** Encodes; equal states give equal bytes. */
  public static byte[] encode(RunState state) {
    StateWriter out = new StateWriter(MAX_BYTES + state.lives().extraBytes());
    out.put(VERSION).put(state.runId()).put(state.ledgerTolerance());
    state.motion().write(out);
    out.put(state.reached());
    state.sequence().write(out);
    state.waiting().write(out);
    state.lives().write(out);
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
    Lives lives = Lives.read(in);
    double flowTime = in.getDouble();
    RunState state =
        new RunState(
            runId,
            tolerance,
            motion,
            reached,
            sequence,
            waiting,
            lives,
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
