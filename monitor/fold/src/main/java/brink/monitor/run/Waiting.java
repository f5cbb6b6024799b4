package brink.monitor.run;

import brink.monitor.geometry.Motion;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps that came before their predecessors, in order: they wait until those come, or until more of
 * them wait than a producer puts out of order. Their flow times are not known yet.
 */
record Waiting(List<SphericalStep> steps) {
  /**
   * Most steps that wait. A Kafka producer without idempotence has five requests in flight, so that
   * a batch comes at most four too late.
   */
  static final int MOST = 4;

  static final Waiting NONE = new Waiting(List.of());

  Waiting with(SphericalStep step) {
    List<SphericalStep> more = new ArrayList<>(steps);
    more.add(step);
    more.sort(Comparator.comparingLong(SphericalStep::step));
    return new Waiting(List.copyOf(more));
  }

  boolean holds(long step) {
    for (SphericalStep waiting : steps) {
      if (waiting.step() == step) {
        return true;
      }
    }
    return false;
  }

  /** The earliest; null while none waits. */
  @Nullable SphericalStep first() {
    return steps.isEmpty() ? null : steps.getFirst();
  }

  Waiting withoutFirst() {
    return new Waiting(steps.subList(1, steps.size()));
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  boolean isTooMany() {
    return steps.size() > MOST;
  }

  void write(StateWriter out) {
    out.put((byte) steps.size());
    steps.forEach(step -> step.write(out));
  }

  static Waiting read(StateReader in, Motion motion) {
    int size = in.getByte();
    if (size < 0 || size > MOST) {
      throw new IllegalArgumentException(size + " steps wait, at most " + MOST + " can");
    }
    List<SphericalStep> steps = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      steps.add(SphericalStep.read(in, motion, 0));
    }
    return new Waiting(List.copyOf(steps));
  }
}
