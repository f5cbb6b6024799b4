package brink.monitor.topology;

import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.GradientChunk;
import brink.v1.RegimeChanged;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of Brink where another one belongs. Protobuf bytes do not name their type: it is taken
 * to be the one of which every field is known and whose run id is the record's key.
 */
final class MisplacedMessage {
  /** Where several types fit, the first one is meant. */
  private static final List<Candidate> CANDIDATES =
      List.of(
          new Candidate(
              RunStarted.getDescriptor(), "put it into the field started of a RunEvent, and send"),
          new Candidate(
              RunEnded.getDescriptor(), "put it into the field ended of a RunEvent, and send"),
          new Candidate(StepObserved.getDescriptor(), "send", Topic.STEPS),
          new Candidate(GradientChunk.getDescriptor(), "send", Topic.GRADIENTS),
          new Candidate(RegimeChanged.getDescriptor(), "only the monitor sends", Topic.REGIMES),
          new Candidate(FlowFitted.getDescriptor(), "only the monitor sends", Topic.FLOW));

  private record Candidate(Descriptor type, String remedy, Topic home) {
    Candidate(Descriptor type, String remedy) {
      this(type, remedy, Topic.RUNS);
    }
  }

  private MisplacedMessage() {}

  /** What the value is instead, and the remedy; null if it is none of Brink's messages. */
  static @Nullable String of(String topic, byte @Nullable [] key, byte[] value) {
    if (key == null) {
      return null;
    }
    String runId = new String(key, StandardCharsets.UTF_8);
    if (!topic.equals(Topic.RUNS.topicName()) && isEventOf(runId, value)) {
      return "a RunEvent; send it to " + Topic.RUNS.topicName();
    }
    for (Candidate candidate : CANDIDATES) {
      boolean inPlace =
          candidate.home() != Topic.RUNS && candidate.home().topicName().equals(topic);
      if (!inPlace && isMessageOf(runId, candidate.type(), value)) {
        return "a bare %s; %s it to %s"
            .formatted(
                candidate.type().getName(), candidate.remedy(), candidate.home().topicName());
      }
    }
    return null;
  }

  private static boolean isEventOf(String runId, byte[] value) {
    try {
      RunEvent event = RunEvent.parseFrom(value);
      return switch (event.getEventCase()) {
        case STARTED -> event.getStarted().getRunId().equals(runId);
        case ENDED -> event.getEnded().getRunId().equals(runId);
        case EVENT_NOT_SET -> false;
      };
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static boolean isMessageOf(String runId, Descriptor type, byte[] value) {
    try {
      DynamicMessage message = DynamicMessage.parseFrom(type, value);
      FieldDescriptor id = type.findFieldByName("run_id");
      return message.getUnknownFields().asMap().isEmpty() && runId.equals(message.getField(id));
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }
}
