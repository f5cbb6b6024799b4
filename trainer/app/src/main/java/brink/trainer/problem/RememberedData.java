package brink.trainer.problem;

import brink.trainer.data.DataOptions;
import brink.trainer.data.Split;
import java.lang.ref.SoftReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what several runs train on once, for as long as there is memory for it. Safe for use by
 * several threads: who asks for what another one is reading waits for it.
 */
public final class RememberedData implements DataReader {
  private final DataReader reader;
  private final ConcurrentMap<Key, Slot> slots = new ConcurrentHashMap<>();

  /** Remembers what this one reads. */
  public RememberedData(DataReader reader) {
    this.reader = reader;
  }

  private record Key(String source, DataOptions options) {}

  /** What was read, and the lock of its reading. */
  private static final class Slot {
    private @Nullable SoftReference<Split> split;
  }

  @Override
  public Split read(String source, DataOptions options) {
    Slot slot = slots.computeIfAbsent(new Key(source, options), _ -> new Slot());
    synchronized (slot) {
      Split known = slot.split == null ? null : slot.split.get();
      if (known != null) {
        return known;
      }
      Split read = reader.read(source, options);
      slot.split = new SoftReference<>(read);
      return read;
    }
  }
}
