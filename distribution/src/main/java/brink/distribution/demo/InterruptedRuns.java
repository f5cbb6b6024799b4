package brink.distribution.demo;

import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.TopicReader;
import brink.schemas.Instants;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Topic;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LongSummaryStatistics;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Ends the run that a killed demo left open. */
final class InterruptedRuns {
  private static final String REASON =
      "interrupted: the process ended without a word (killed, or the machine went down)";

  private InterruptedRuns() {}

  /** Marks a run as failed if it has begun and not ended, and says whether it did. */
  static boolean end(KafkaSettings kafka, String runId, InstantSource clock) {
    boolean open =
        RunCatalogue.read(kafka).stream()
            .anyMatch(
                run -> run.runId().equals(runId) && run.ended() == null && run.started() != null);
    if (open) {
      publish(kafka, runId, lastStep(kafka, runId), clock.instant());
    }
    return open;
  }

  private static OptionalLong lastStep(KafkaSettings kafka, String runId) {
    LongSummaryStatistics steps = new LongSummaryStatistics();
    try (TopicReader reader = TopicReader.open(kafka, Topic.STEPS)) {
      reader.readToEnd(
          record -> {
            if (record.value() == null) {
              return;
            }
            try {
              StepObserved step = StepObserved.parseFrom(record.value());
              if (step.getRunId().equals(runId)) {
                steps.accept(step.getStep());
              }
            } catch (InvalidProtocolBufferException e) {
              // The monitor rejects it; it says nothing of any run.
            }
          });
    }
    return steps.getCount() == 0 ? OptionalLong.empty() : OptionalLong.of(steps.getMax());
  }

  private static void publish(
      KafkaSettings kafka, String runId, OptionalLong lastStep, Instant now) {
    RunEnded.Builder ended =
        RunEnded.newBuilder()
            .setRunId(runId)
            .setStatus(RunStatus.RUN_STATUS_FAILED)
            .setReason(REASON)
            .setEndedAt(Instants.toTimestamp(now));
    lastStep.ifPresent(ended::setLastStep);
    try (Producer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      var _ =
          producer.send(
              new ProducerRecord<>(
                  Topic.RUNS.topicName(), runId, RunEvent.newBuilder().setEnded(ended).build()));
      producer.flush();
    }
  }
}
