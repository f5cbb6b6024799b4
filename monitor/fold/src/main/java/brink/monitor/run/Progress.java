package brink.monitor.run;

import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one record has given so far: it may let several steps go on. Lives for one event. */
final class Progress {
  private final List<RegimeChanged> changes = new ArrayList<>();
  private final List<FlowFitted> fits = new ArrayList<>();
  private final List<Rejection> findings = new ArrayList<>();
  private RunState state;
  private @Nullable StepReadings readings;

  Progress(RunState state) {
    this.state = state;
  }

  RunState state() {
    return state;
  }

  void moveTo(RunState next) {
    state = next;
  }

  void change(@Nullable RegimeChanged change) {
    if (change != null) {
      changes.add(change);
    }
  }

  void fitted(@Nullable FlowFitted fit) {
    if (fit != null) {
      fits.add(fit);
    }
  }

  void find(Rejection finding) {
    findings.add(finding);
  }

  void read(StepReadings values) {
    readings = values;
  }

  Outcome outcome() {
    return new Outcome(
        state, List.copyOf(changes), List.copyOf(fits), List.copyOf(findings), readings);
  }
}
