package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * Everything that the flow's fit remembers of a run.
 *
 * @param flowTime τ up to and including the last step
 */
public record FlowState(double flowTime) {
  /** Of a run of which nothing was seen. */
  public static final FlowState START = new FlowState(0);

  /** Appends its bytes. */
  public void write(StateWriter out) {
    out.put(flowTime);
  }

  /** Reads its bytes. */
  public static FlowState read(StateReader in) {
    return new FlowState(in.getDouble());
  }
}
