package brink.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.gradient.GradientEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TopicTest {
  @Test
  void all_always_holdsTheTopicsOfTheContract() {
    assertThat(Topic.all())
        .extracting(Topic::topicName)
        .containsExactly(
            "brink.runs",
            "brink.steps",
            "brink.gradients",
            "brink.regimes",
            "brink.flow",
            "brink.rejected",
            "brink.notes");
  }

  @Test
  void messageType_always_isTheTypeOfTheWireContract() {
    assertThat(Topic.all())
        .extracting(topic -> topic.messageType().getFullName())
        .containsExactly(
            "brink.v1.RunEvent",
            "brink.v1.StepObserved",
            "brink.v1.GradientChunk",
            "brink.v1.RegimeChanged",
            "brink.v1.FlowFitted",
            "brink.v1.Rejected",
            "brink.v1.RunNote");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTES")
  void configs_ofEveryTopicButNotes_deleteAndNeverCompact(Topic topic) {
    assertThat(topic.configs()).containsEntry("cleanup.policy", "delete");
  }

  @Test
  void configs_ofNotes_keepTheNewestOfEachRunForEver() {
    assertThat(Topic.NOTES.configs())
        .containsEntry("cleanup.policy", "compact")
        .containsEntry("retention.ms", "-1");
  }

  @ParameterizedTest
  @EnumSource
  void configs_ofEveryTopic_leaveNoRetentionToTheBroker(Topic topic) {
    assertThat(topic.configs())
        .containsKeys("retention.ms", "retention.bytes", "max.message.bytes");
  }

  @Test
  void configs_ofRunsAndRegimes_keepForEver() {
    assertThat(Topic.RUNS.configs())
        .containsEntry("retention.ms", "-1")
        .containsEntry("retention.bytes", "-1");
    assertThat(Topic.REGIMES.configs())
        .containsEntry("retention.ms", "-1")
        .containsEntry("retention.bytes", "-1");
  }

  @Test
  void configs_ofGradients_limitTimeAndBytesAndDoNotCompress() {
    assertThat(Topic.GRADIENTS.configs())
        .containsEntry("retention.ms", Long.toString(Duration.ofDays(7).toMillis()))
        .containsEntry("retention.bytes", Long.toString(2L << 30))
        .containsEntry("compression.type", "uncompressed")
        .containsEntry("segment.bytes", Integer.toString(256 << 20));
  }

  @Test
  void retention_ofSteps_outlastsThatOfTheirGradients() {
    assertThat(Topic.STEPS.retention()).isEqualTo(Duration.ofDays(90));
    assertThat(Topic.FLOW.retention()).isEqualTo(Topic.STEPS.retention());
    assertThat(Topic.STEPS.retentionBytes()).isNull();
  }

  @Test
  void maxMessageBytes_ofGradients_holdsAChunk() {
    assertThat(Topic.GRADIENTS.maxMessageBytes()).isGreaterThan(2 * GradientEncoder.CHUNK_BYTES);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REJECTED")
  void maxMessageBytes_ofRejected_holdsTheLargestRecordOfAnyTopicWhole(Topic topic) {
    assertThat(Topic.REJECTED.maxMessageBytes()).isGreaterThan(topic.maxMessageBytes());
    assertThat(Topic.LARGEST_RECORD).isEqualTo(Topic.REJECTED.maxMessageBytes());
  }

  @Test
  void toNewTopic_withCounts_carriesThemAndTheConfigs() {
    NewTopic steps = Topic.STEPS.toNewTopic(12, new Replication(3));

    assertThat(steps.name()).isEqualTo("brink.steps");
    assertThat(steps.numPartitions()).isEqualTo(12);
    assertThat(steps.replicationFactor()).isEqualTo((short) 3);
    assertThat(steps.configs())
        .containsAllEntriesOf(Topic.STEPS.configs())
        .containsEntry("min.insync.replicas", "2");
  }

  @ParameterizedTest
  @EnumSource(names = {"RUNS", "STEPS", "GRADIENTS"})
  void oldest_ofWhatProducersWrite_refusesSecondsForMillisecondsAndWhatRetentionWouldDelete(
      Topic topic) {
    Duration oldest = Objects.requireNonNull(topic.oldest());
    long seconds = Instant.now().getEpochSecond();
    assertThat(Duration.between(Instant.ofEpochMilli(seconds), Instant.now()))
        .isGreaterThan(oldest);
    if (topic.retention() != null) {
      assertThat(oldest).isLessThanOrEqualTo(topic.retention());
    }
    assertThat(topic.configs())
        .containsEntry("message.timestamp.before.max.ms", Long.toString(oldest.toMillis()))
        .containsEntry("message.timestamp.after.max.ms", "86400000");
  }

  @ParameterizedTest
  @EnumSource(names = {"REGIMES", "FLOW", "REJECTED", "NOTES"})
  void oldest_ofWhatTheMonitorWrites_takesTheTimesOfAnyRecordThatItRead(Topic topic) {
    assertThat(topic.configs())
        .containsEntry("message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE))
        .containsEntry("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
  }
}
