package brink.monitor.topology;

import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Steps that came before their run's start, or before the resumption that they belong to, in the
 * order of their offsets. They are kept in a changelogged store, so that a monitor that is killed
 * loses none, and take bounded room.
 */
final class WaitingSteps {
  /** Room for them, bytes: some 100,000 steps of a usual run. */
  static final long ROOM = 32L << 20;

  private static final int OFFSET_DIGITS = 16;
  private static final char SEPARATOR = '\0';

  private final KeyValueStore<String, byte[]> store;
  private final Deserializer<StepObserved> steps = BrinkSerdes.steps().deserializer();
  private final Map<String, Group> groups = new HashMap<>();
  private long bytes;

  WaitingSteps(KeyValueStore<String, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> count(entry.key, entry.value.length));
    }
  }

  /**
   * A step that waits.
   *
   * @param offset in its partition
   * @param value the record's value as it came
   */
  record Waiting(long offset, Bytes value, StepObserved step) {}

  /** Runs of which steps wait. */
  List<String> runs() {
    return List.copyOf(groups.keySet());
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  boolean hold(String runId) {
    return groups.containsKey(runId);
  }

  /** Last offset that waits of a run; −1 if none does. */
  long lastOffset(String runId) {
    Group group = groups.get(runId);
    return group == null ? -1 : group.lastOffset;
  }

  void add(String runId, long offset, byte[] value) {
    String key = key(runId, offset);
    store.put(key, value);
    count(key, value.length);
  }

  /** Whether they take more room than they may. */
  boolean areTooMany() {
    return bytes > ROOM;
  }

  /**
   * The run that takes the most room.
   *
   * @throws java.util.NoSuchElementException if none waits
   */
  String largest() {
    return groups.entrySet().stream()
        .max(Comparator.comparingLong(entry -> entry.getValue().bytes))
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  /** Those of a run up to an offset, in order. */
  List<Waiting> of(String runId, long lastOffset) {
    List<Waiting> found = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> range =
        store.range(key(runId, 0), key(runId, lastOffset))) {
      while (range.hasNext()) {
        KeyValue<String, byte[]> entry = range.next();
        // The ids of other runs may have a separator in them.
        if (runOf(entry.key).equals(runId)) {
          found.add(waiting(entry));
        }
      }
    }
    return found;
  }

  private Waiting waiting(KeyValue<String, byte[]> entry) {
    StepObserved step =
        Objects.requireNonNull(
            steps.deserialize(Topic.STEPS.topicName(), new RecordHeaders(), entry.value));
    return new Waiting(offsetOf(entry.key), Bytes.wrap(entry.value), step);
  }

  void remove(String runId, Waiting waiting) {
    store.delete(key(runId, waiting.offset));
    bytes -= waiting.value.get().length;
    Group group = groups.get(runId);
    if (group != null) {
      group.bytes -= waiting.value.get().length;
      group.count--;
      if (group.count == 0) {
        groups.remove(runId);
      }
    }
  }

  private void count(String key, int length) {
    Group group = groups.computeIfAbsent(runOf(key), _ -> new Group());
    group.bytes += length;
    group.count++;
    group.lastOffset = Math.max(group.lastOffset, offsetOf(key));
    bytes += length;
  }

  private static String key(String runId, long offset) {
    return runId + SEPARATOR + "%016x".formatted(offset);
  }

  private static String runOf(String key) {
    return key.substring(0, key.length() - OFFSET_DIGITS - 1);
  }

  private static long offsetOf(String key) {
    return Long.parseLong(key, key.length() - OFFSET_DIGITS, key.length(), 16);
  }

  private static final class Group {
    private long bytes;
    private int count;
    private long lastOffset = -1;
  }
}
