package brink.monitor.topology;

import brink.v1.StepObserved;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
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

  /** Most of them: beside its bytes each takes some hundred more for its place in the store. */
  static final int MOST = 100_000;

  private static final int OFFSET_DIGITS = 16;
  private static final char SEPARATOR = '\0';

  private final KeyValueStore<String, byte[]> store;
  private final Map<String, Group> groups = new HashMap<>();
  private final NavigableSet<Group> bySize =
      new TreeSet<>(Comparator.comparingLong(Group::bytes).thenComparing(Group::runId));
  private long bytes;
  private int count;

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
  record Waiting(long offset, Bytes value) {
    /**
     * The step, decoded anew by every call: a mebibyte of lists can take a hundred as objects, so
     * that no more than one of those that wait is to be there as objects at a time.
     */
    StepObserved step() {
      try {
        return StepObserved.parseFrom(value.get());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("a step that waits was read when it came", e);
      }
    }
  }

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
    return bytes > ROOM || count > MOST;
  }

  /**
   * The run that takes the most room.
   *
   * @throws java.util.NoSuchElementException if none waits
   */
  String largest() {
    return bySize.last().runId();
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
          found.add(new Waiting(offsetOf(entry.key), Bytes.wrap(entry.value)));
        }
      }
    }
    return found;
  }

  void remove(String runId, Waiting waiting) {
    Group group = groups.get(runId);
    if (group == null || store.delete(key(runId, waiting.offset)) == null) {
      return;
    }
    int length = waiting.value.get().length;
    bytes -= length;
    count--;
    bySize.remove(group);
    if (group.without(length)) {
      groups.remove(runId);
    } else {
      bySize.add(group);
    }
  }

  private void count(String key, int length) {
    Group group = groups.computeIfAbsent(runOf(key), Group::new);
    bySize.remove(group);
    group.add(length, offsetOf(key));
    bySize.add(group);
    bytes += length;
    count++;
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

  /** Those of one run. */
  private static final class Group {
    private final String runId;
    private long bytes;
    private int count;
    private long lastOffset = -1;

    Group(String runId) {
      this.runId = runId;
    }

    String runId() {
      return runId;
    }

    long bytes() {
      return bytes;
    }

    void add(int length, long offset) {
      bytes += length;
      count++;
      lastOffset = Math.max(lastOffset, offset);
    }

    /** One less; says whether none is left. */
    boolean without(int length) {
      bytes -= length;
      count--;
      return count == 0;
    }
  }
}
