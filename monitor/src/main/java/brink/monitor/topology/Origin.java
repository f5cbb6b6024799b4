package brink.monitor.topology;

import brink.v1.Rejected;
import brink.v1.RejectionReason;
import com.google.protobuf.ByteString;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A record and where it came from. */
record Origin(RecordMetadata at, Record<byte[], byte[]> record) {
  /**
   * Leaves room for the rest of the message within the largest record that {@code brink.rejected}
   * takes; the input topics take less than this unless an operator changed them.
   */
  private static final int MAX_VALUE = 4 << 20;

  Rejected rejected(RejectionReason reason, String detail, String runId, @Nullable Long step) {
    Rejected.Builder rejected =
        Rejected.newBuilder()
            .setTopic(at.topic())
            .setPartition(at.partition())
            .setOffset(at.offset())
            .setReason(reason)
            .setDetail(detail)
            .setRunId(runId);
    byte[] key = record.key();
    if (key != null) {
      rejected.setKey(ByteString.copyFrom(key));
    }
    byte[] value = record.value();
    if (value != null) {
      rejected.setValue(ByteString.copyFrom(value, 0, Math.min(value.length, MAX_VALUE)));
    }
    if (step != null) {
      rejected.setStep(step);
    }
    return rejected.build();
  }

  @Override
  public String toString() {
    return at.topic() + "-" + at.partition() + "@" + at.offset();
  }
}
