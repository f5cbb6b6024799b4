package brink.trainer.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Eight-byte places in native memory, where arguments are put and results come back. */
final class Slots {
  private final MemorySegment memory;

  Slots(Arena arena, int count) {
    memory = arena.allocate(JAVA_LONG, count);
  }

  /** Address of a place. */
  long address(int slot) {
    return memory.address() + offset(slot);
  }

  private static long offset(int slot) {
    return (long) slot * Long.BYTES;
  }

  void set(int slot, long value) {
    memory.set(JAVA_LONG, offset(slot), value);
  }

  void set(int slot, double value) {
    memory.set(JAVA_DOUBLE, offset(slot), value);
  }

  void set(int slot, float value) {
    memory.set(JAVA_FLOAT, offset(slot), value);
  }

  void set(int slot, int value) {
    memory.set(JAVA_INT, offset(slot), value);
  }

  long getLong(int slot) {
    return memory.get(JAVA_LONG, offset(slot));
  }

  int getInt(int slot) {
    return memory.get(JAVA_INT, offset(slot));
  }

  /** A C string elsewhere in native memory; empty for the null pointer. */
  static String string(long address) {
    return address == 0
        ? ""
        : MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** A C string that a function wrote, at a place. */
  String string(int slot, int slots) {
    byte[] bytes = memory.asSlice(offset(slot), offset(slots)).toArray(JAVA_BYTE);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, java.nio.charset.StandardCharsets.UTF_8);
  }
}
