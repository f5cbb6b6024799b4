package brink.monitor.catalogue;

import brink.v1.Rejected;

/**
 * A rejected record in short.
 *
 * @param at its time, milliseconds since 1970
 * @param rejected what the topic says, with the beginnings of key and value
 * @param valueBytes bytes of the whole value
 */
public record RejectedEntry(long at, Rejected rejected, int valueBytes) {
  private static final int KEPT_BYTES = 256;

  static RejectedEntry of(long at, Rejected whole) {
    Rejected brief =
        whole.toBuilder()
            .setKey(whole.getKey().substring(0, Math.min(KEPT_BYTES, whole.getKey().size())))
            .setValue(whole.getValue().substring(0, Math.min(KEPT_BYTES, whole.getValue().size())))
            .build();
    return new RejectedEntry(at, brief, whole.getValue().size());
  }
}
