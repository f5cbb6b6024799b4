package brink.monitor.topology;

import static brink.v1.RejectionReason.REJECTION_REASON_CORRUPT;
import static brink.v1.RejectionReason.REJECTION_REASON_INVALID;
import static brink.v1.RejectionReason.REJECTION_REASON_WRONG_KEY;

import brink.monitor.intake.RecordLimits;
import brink.monitor.run.RunState;
import brink.monitor.text.Excerpt;
import brink.monitor.topology.Input.Ended;
import brink.monitor.topology.Input.Started;
import brink.monitor.topology.Input.Step;
import brink.monitor.topology.Input.Unusable;
import brink.schemas.BrinkSerdes;
import brink.schemas.EventTimes;
import brink.schemas.Topic;
import brink.v1.RejectionReason;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads raw records; bytes that cannot be used become {@link Unusable}, never an exception. */
final class InputParser {
  private final Deserializer<RunEvent> runs = BrinkSerdes.runs().deserializer();
  private final Deserializer<StepObserved> steps = BrinkSerdes.steps().deserializer();

  Input parse(String topic, Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
    if (value == null) {
      return unusable(
          REJECTION_REASON_CORRUPT,
          "the record has no value; these topics are not compacted, so tombstones mean nothing:"
              + " send a message");
    }
    if (RecordLimits.isTooLarge(topic, value)) {
      return unusable(
          REJECTION_REASON_INVALID,
          "the value has more than %,d bytes without compression; shorten its texts and lists"
              .formatted(RecordLimits.valueBytes(topic)));
    }
    if (value.length == 0) {
      return unusable(
          REJECTION_REASON_INVALID,
          "the value is empty, a message without any field; send one with its run_id");
    }
    Input input = read(topic, headers, key, value);
    return isSuspect(input) ? otherwiseNamed(input, topic, key, value) : input;
  }

  private Input read(String topic, Headers headers, byte @Nullable [] key, byte[] value) {
    try {
      Input input =
          topic.equals(Topic.STEPS.topicName())
              ? new Step(steps.deserialize(topic, headers, value))
              : runEvent(runs.deserialize(topic, headers, value));
      return checkTime(checkKey(input, key));
    } catch (SerializationException e) {
      return unusable(REJECTION_REASON_CORRUPT, e.getMessage());
    }
  }

  /** Bytes of another kind can happen to be a message, but hardly one that makes sense. */
  private static boolean isSuspect(Input input) {
    return switch (input) {
      case Unusable _ -> true;
      case Step(var step) ->
          !step.hasWeightNormSquared() && !step.getUnknownFields().asMap().isEmpty();
      case Started _, Ended _ -> false;
    };
  }

  private static Input otherwiseNamed(
      Input input, String topic, byte @Nullable [] key, byte[] value) {
    String foreign = ForeignFormat.of(value);
    String found = foreign != null ? foreign : MisplacedMessage.of(topic, key, value);
    return found == null
        ? input
        : unusable(REJECTION_REASON_CORRUPT, "the value in " + topic + " looks like " + found);
  }

  private static Input runEvent(RunEvent event) {
    return switch (event.getEventCase()) {
      case STARTED -> new Started(event.getStarted());
      case ENDED -> new Ended(event.getEnded());
      case EVENT_NOT_SET ->
          unusable(
              REJECTION_REASON_INVALID, "the event is neither started nor ended; send one of them");
    };
  }

  private static Input checkKey(Input input, byte @Nullable [] key) {
    return switch (input) {
      case Started started -> checkKey(input, key, started.event().getRunId(), null);
      case Step step -> checkKey(input, key, step.event().getRunId(), step.event().getStep());
      case Ended ended -> checkKey(input, key, ended.event().getRunId(), null);
      case Unusable unusable -> unusable;
    };
  }

  private static Input checkKey(
      Input input, byte @Nullable [] key, String runId, @Nullable Long step) {
    if (runId.isEmpty()) {
      return new Unusable(REJECTION_REASON_INVALID, "run_id is missing; set it", "", step);
    }
    byte[] id = runId.getBytes(StandardCharsets.UTF_8);
    if (id.length > RunState.MAX_RUN_ID_BYTES) {
      return new Unusable(
          REJECTION_REASON_INVALID,
          "run_id has %d bytes; give it 1 to %d".formatted(id.length, RunState.MAX_RUN_ID_BYTES),
          runId,
          step);
    }
    if (key == null || !Arrays.equals(key, id)) {
      String found = key == null ? "nothing" : "'" + text(key) + "'";
      return new Unusable(
          REJECTION_REASON_WRONG_KEY,
          "the key is %s but run_id is '%s'; send the run id as key".formatted(found, runId),
          runId,
          step);
    }
    return input;
  }

  private static String text(byte[] key) {
    return Excerpt.of(new String(key, StandardCharsets.UTF_8), RunState.MAX_RUN_ID_BYTES);
  }

  private static Input checkTime(Input input) {
    return switch (input) {
      case Started(var event) -> checkTime(input, EventTimes.unusable(event), event.getRunId());
      case Step(var event) -> checkTime(input, EventTimes.unusable(event), event.getRunId());
      case Ended(var event) -> checkTime(input, EventTimes.unusable(event), event.getRunId());
      case Unusable unusable -> unusable;
    };
  }

  private static Input checkTime(Input input, @Nullable String field, String runId) {
    return field == null
        ? input
        : new Unusable(
            REJECTION_REASON_INVALID,
            "%s is outside the years 1970 to 9999; send seconds and nanoseconds since 1970"
                .formatted(field),
            runId,
            input instanceof Step(var step) ? (Long) step.getStep() : null);
  }

  private static Unusable unusable(RejectionReason reason, @Nullable String detail) {
    return new Unusable(reason, detail == null ? reason.name() : detail, "", null);
  }
}
