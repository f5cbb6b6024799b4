package brink.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Rejected;
import brink.v1.RejectionReason;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What the doctor says of records that were set aside. */
class RejectedCheckTest {
  private final RejectedCheck check = new RejectedCheck();

  private void look(long timestamp, byte[] value) {
    check.look(
        new ConsumerRecord<>(
            "brink.rejected",
            0,
            timestamp,
            timestamp,
            TimestampType.CREATE_TIME,
            0,
            value.length,
            new byte[0],
            value,
            new RecordHeaders(),
            Optional.empty()));
  }

  private static byte[] rejected(String run, String detail) {
    return Rejected.newBuilder()
        .setReason(RejectionReason.REJECTION_REASON_DUPLICATE)
        .setRunId(run)
        .setStep(7)
        .setDetail(detail)
        .build()
        .toByteArray();
  }

  @Test
  void finding_ofNothing_isFine() {
    assertThat(check.finding()).isEqualTo(Finding.ok("rejected", "no record was set aside"));
  }

  @Test
  void finding_ofSome_hasTheirNumberAndTheNewestReason() {
    look(2_000, rejected("b", "step 7 was there before"));
    look(1_000, rejected("a", "of old"));
    look(3_000, new byte[] {(byte) 0xff});
    assertThat(check.finding())
        .isEqualTo(
            Finding.warn(
                "rejected",
                "2 records were set aside in brink.rejected, the newest of run b step 7 at"
                    + " 1970-01-01T00:00:02Z: step 7 was there before (duplicate)"));
  }
}
