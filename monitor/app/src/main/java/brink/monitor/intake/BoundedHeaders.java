package brink.monitor.intake;

import brink.schemas.ProtobufSerde;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Drops what Brink does not read from a record's headers, which have no limit of their own. */
final class BoundedHeaders {
  /** No message type has so long a name. */
  private static final int MOST_BYTES = 256;

  private BoundedHeaders() {}

  /** Leaves at most the header with the message's type. */
  static void trim(Headers headers) {
    Header[] all = headers.toArray();
    if (all.length == 0) {
      return;
    }
    Header type = headers.lastHeader(ProtobufSerde.TYPE_HEADER);
    for (Header header : all) {
      headers.remove(header.key());
    }
    if (type != null) {
      headers.add(ProtobufSerde.TYPE_HEADER, beginning(type.value()));
    }
  }

  private static byte @Nullable [] beginning(byte @Nullable [] value) {
    return value == null || value.length <= MOST_BYTES ? value : Arrays.copyOf(value, MOST_BYTES);
  }
}
