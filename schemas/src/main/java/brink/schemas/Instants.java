package brink.schemas;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** From Java's instants to protobuf's. */
public final class Instants {
  private Instants() {}

  /** The same moment. */
  public static Timestamp toTimestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
