package brink.distribution.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import brink.schemas.ProtobufSerde;
import brink.schemas.Topic;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as a producer at fault may send it.
 *
 * @param reason why it is to be rejected; UNSPECIFIED for a good one between bad ones
 */
record BadRecord(String name, ProducerRecord<byte[], byte[]> record, RejectionReason reason) {
  static final String RUN = "odd";

  private static final RejectionReason GOOD = RejectionReason.REJECTION_REASON_UNSPECIFIED;
  private static final RejectionReason CORRUPT = RejectionReason.REJECTION_REASON_CORRUPT;
  private static final RejectionReason INVALID = RejectionReason.REJECTION_REASON_INVALID;

  private static final int LARGE = 900 << 10;

  /** One bad run, and records that belong to none, in the order of sending. */
  static List<BadRecord> beforeTheEnd() {
    return List.of(
        bad(
            "step before its run",
            Topic.STEPS,
            "nobody",
            step("nobody", 0),
            RejectionReason.REJECTION_REASON_UNKNOWN_RUN),
        bad("start", Topic.RUNS, RUN, started(), GOOD),
        bad("second start", Topic.RUNS, RUN, started(), duplicate()),
        bad("step 0", Topic.STEPS, RUN, step(RUN, 0), GOOD),
        bad("step 1", Topic.STEPS, RUN, step(RUN, 1), GOOD),
        raw("corrupt step", Topic.STEPS, RUN, garbage(40), CORRUPT),
        raw("corrupt run", Topic.RUNS, RUN, garbage(40), CORRUPT),
        raw("900 KiB of garbage", Topic.STEPS, RUN, garbage(LARGE), CORRUPT),
        raw("tombstone", Topic.STEPS, RUN, null, CORRUPT),
        raw("tombstone of the run", Topic.RUNS, RUN, null, CORRUPT),
        raw("empty step", Topic.STEPS, RUN, new byte[0], INVALID),
        raw("empty run", Topic.RUNS, RUN, new byte[0], INVALID),
        raw("neither key nor value", Topic.STEPS, null, null, CORRUPT),
        bad("no key", Topic.STEPS, null, step(RUN, 2), wrongKey()),
        bad("key of another run", Topic.STEPS, "healthy", step(RUN, 2), wrongKey()),
        otherType("claims another type", step(RUN, 2)),
        bad("norm is missing", Topic.STEPS, RUN, withoutNorm(2), INVALID),
        bad("step once more", Topic.STEPS, RUN, step(RUN, 1), duplicate()),
        bad("early step", Topic.STEPS, RUN, step(RUN, 5), GOOD),
        bad("step 6", Topic.STEPS, RUN, step(RUN, 6), GOOD),
        bad("step 7", Topic.STEPS, RUN, step(RUN, 7), GOOD),
        bad("step 8", Topic.STEPS, RUN, step(RUN, 8), GOOD),
        bad(
            "step that shows the gap",
            Topic.STEPS,
            RUN,
            step(RUN, 9),
            RejectionReason.REJECTION_REASON_GAP),
        bad(
            "late step",
            Topic.STEPS,
            RUN,
            step(RUN, 3),
            RejectionReason.REJECTION_REASON_OUT_OF_ORDER),
        bad(
            "loss is NaN",
            Topic.STEPS,
            RUN,
            step(RUN, 10).toBuilder().setLoss(Double.NaN).build(),
            RejectionReason.REJECTION_REASON_NOT_FINITE),
        bad("end", Topic.RUNS, RUN, ended(10), GOOD));
  }

  /** A step of the run that has ended. */
  static BadRecord afterTheEnd() {
    return bad(
        "step after the end",
        Topic.STEPS,
        RUN,
        step(RUN, 11),
        RejectionReason.REJECTION_REASON_AFTER_END);
  }

  private static RejectionReason duplicate() {
    return RejectionReason.REJECTION_REASON_DUPLICATE;
  }

  private static RejectionReason wrongKey() {
    return RejectionReason.REJECTION_REASON_WRONG_KEY;
  }

  private static BadRecord bad(
      String name, Topic topic, @Nullable String key, Message value, RejectionReason reason) {
    return raw(name, topic, key, value.toByteArray(), reason);
  }

  private static BadRecord raw(
      String name,
      Topic topic,
      @Nullable String key,
      byte @Nullable [] value,
      RejectionReason reason) {
    byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
    return new BadRecord(name, new ProducerRecord<>(topic.topicName(), keyBytes, value), reason);
  }

  private static BadRecord otherType(String name, Message value) {
    BadRecord bad = bad(name, Topic.STEPS, RUN, value, CORRUPT);
    bad.record()
        .headers()
        .add(ProtobufSerde.TYPE_HEADER, RunEvent.getDescriptor().getFullName().getBytes(UTF_8));
    return bad;
  }

  /** No field has this tag, and no varint this length. */
  private static byte[] garbage(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  private static RunEvent started() {
    return RunEvent.newBuilder().setStarted(RunStarted.newBuilder().setRunId(RUN)).build();
  }

  private static RunEvent ended(long lastStep) {
    return RunEvent.newBuilder()
        .setEnded(
            RunEnded.newBuilder()
                .setRunId(RUN)
                .setLastStep(lastStep)
                .setStatus(RunStatus.RUN_STATUS_DIVERGED))
        .build();
  }

  private static StepObserved withoutNorm(long step) {
    return step(RUN, step).toBuilder().clearWeightNormSquared().build();
  }

  private static StepObserved step(String runId, long step) {
    return StepObserved.newBuilder()
        .setRunId(runId)
        .setStep(step)
        .setLoss(1)
        .setWeightNormSquared(1)
        .setGradientNormSquared(0.01)
        .setLearningRate(0.1)
        .setWeightDecay(1e-3)
        .build();
  }
}
