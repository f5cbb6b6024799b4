package brink.monitor.topology;

import brink.monitor.intake.RecordLimits;
import brink.monitor.run.RunState;
import brink.monitor.text.Excerpt;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import com.google.protobuf.ByteString;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A record and where it came from. */
record Origin(RecordMetadata at, Record<byte[], byte[]> record) {
  /**
   * Together with {@link RecordLimits#KEY_BYTES}, {@link #MAX_DETAIL} and {@link #MAX_RUN_ID} this
   * is half a MiB less than {@code brink.rejected} and the producer take. The largest record of the
   * input topics is smaller.
   */
  private static final int MAX_VALUE = 4 << 20;

  /** Characters; a sentence that quotes a key and a run id has some 400. */
  private static final int MAX_DETAIL = 2048;

  private static final int MAX_RUN_ID = RunState.MAX_RUN_ID_BYTES;

  /** A record that came earlier, of which this is left. */
  static Origin of(Place place, byte @Nullable [] key, byte @Nullable [] value) {
    return new Origin(place, new Record<>(key, value, 0));
  }

  /** What {@code brink.rejected} says of this record, within its bounds whatever the record is. */
  Rejected rejected(RejectionReason reason, String detail, String runId, @Nullable Long step) {
    Rejected.Builder rejected =
        Rejected.newBuilder()
            .setTopic(at.topic())
            .setPartition(at.partition())
            .setOffset(at.offset())
            .setReason(reason)
            .setDetail(Excerpt.of(detail, MAX_DETAIL))
            .setRunId(Excerpt.of(runId, MAX_RUN_ID));
    byte[] key = record.key();
    if (key != null) {
      rejected.setKey(beginning(key, RecordLimits.KEY_BYTES));
    }
    byte[] value = record.value();
    if (value != null) {
      rejected.setValue(beginning(value, MAX_VALUE));
    }
    if (step != null) {
      rejected.setStep(step);
    }
    return rejected.build();
  }

  private static ByteString beginning(byte[] bytes, int most) {
    return ByteString.copyFrom(bytes, 0, Math.min(bytes.length, most));
  }

  @Override
  public String toString() {
    return at.topic() + "-" + at.partition() + "@" + at.offset();
  }
}
