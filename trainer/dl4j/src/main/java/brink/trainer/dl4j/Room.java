package brink.trainer.dl4j;

import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/** Memory outside the heap that ND4J's arrays may still take. */
final class Room {
  private Room() {}

  /** In bytes: what JavaCPP allows, by default as much as the heap, and no more than is free. */
  private static long bytes() {
    long free = Pointer.availablePhysicalBytes();
    long most = Pointer.maxBytes();
    return most == 0 ? free : Math.min(free, most - Pointer.totalBytes());
  }

  /**
   * Why numbers cannot be had; empty if there is room for them.
   *
   * @param what they are, for the beginning of a sentence
   * @param count of numbers in double precision, at the least; not a number if past counting
   */
  static Optional<String> lacking(String what, double count) {
    long room = bytes();
    return count * Double.BYTES <= room
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s would take %.3g numbers, and there is room for %.3g (%d MiB, which Java's -Xmx"
                    + " sets)",
                what,
                count,
                (double) room / Double.BYTES,
                room >> 20));
  }
}
