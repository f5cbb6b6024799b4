package brink.monitor.topology;

import brink.monitor.topology.WaitingSteps.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Steps that wait for what {@code brink.runs} has yet to say of their run, and those of which it is
 * certain that it will not come: all that lay there when they came has been read, and {@link
 * #PATIENCE} has passed since.
 */
final class HeldSteps {
  /** A producer that does not wait for its start's acknowledgement is forgiven so much. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final WaitingSteps waiting;
  private final QuietTimes quiet = new QuietTimes();
  private final Map<String, Long> oldestUpTo = new HashMap<>();

  HeldSteps(KeyValueStore<String, byte[]> store) {
    waiting = new WaitingSteps(store);
    waiting.runs().forEach(this::expect);
  }

  /** Steps of one run that are given up. */
  record GivenUp(String runId, List<Waiting> steps, boolean forRoom) {}

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether steps of the run wait, so that a further one has to get in line. */
  boolean hold(String runId) {
    return waiting.hold(runId);
  }

  /** Lets a step wait; gives back what has to make room for it. */
  List<GivenUp> add(String runId, long offset, byte[] value) {
    waiting.add(runId, offset, value);
    if (!oldestUpTo.containsKey(runId)) {
      expect(runId);
    }
    List<GivenUp> displaced = new ArrayList<>();
    while (waiting.areTooMany()) {
      String largest = waiting.largest();
      displaced.add(giveUp(largest, waiting.lastOffset(largest), true));
    }
    return displaced;
  }

  // Those that wait now are judged together, those that come later after them.
  private void expect(String runId) {
    oldestUpTo.put(runId, waiting.lastOffset(runId));
    quiet.hear(runId);
  }

  /** All of a run, in order. */
  List<Waiting> of(String runId) {
    return waiting.of(runId, waiting.lastOffset(runId));
  }

  void remove(String runId, Waiting step) {
    waiting.remove(runId, step);
    if (!waiting.hold(runId)) {
      quiet.forget(runId);
      oldestUpTo.remove(runId);
    }
  }

  void look() {
    quiet.look();
  }

  void confirm(long listened) {
    quiet.confirm(listened);
  }

  /** Takes out what has waited in vain. */
  List<GivenUp> expired(long listened) {
    List<GivenUp> expired = new ArrayList<>();
    for (String runId : quiet.quietFor(PATIENCE.toMillis(), listened)) {
      expired.add(giveUp(runId, oldestUpTo.getOrDefault(runId, -1L), false));
      if (waiting.hold(runId)) {
        expect(runId);
      }
    }
    return expired;
  }

  private GivenUp giveUp(String runId, long lastOffset, boolean forRoom) {
    List<Waiting> steps = waiting.of(runId, lastOffset);
    steps.forEach(step -> remove(runId, step));
    return new GivenUp(runId, steps, forRoom);
  }
}
