package brink.quickstart.demo;

import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.TopicReader;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Topic;
import brink.trainer.publish.Instants;
import brink.trainer.publish.RunDescription;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Ends the runs that a killed demo left open. The demo's own trainer is the only one that can say
 * so: a run of another producer may go on once the broker is back.
 */
final class InterruptedRuns {
  private static final String REASON =
      "interrupted: the process ended without a word (killed, or the machine went down)";

  private InterruptedRuns() {}

  /** Marks them as failed, and returns their ids. */
  static List<String> end(KafkaSettings kafka, InstantSource clock) {
    List<String> open =
        RunCatalogue.read(kafka).stream()
            .filter(InterruptedRuns::isOurs)
            .map(RunEntry::runId)
            .toList();
    if (!open.isEmpty()) {
      publish(kafka, open, lastSteps(kafka), clock.instant());
    }
    return open;
  }

  private static boolean isOurs(RunEntry run) {
    return run.ended() == null
        && run.started() != null
        && run.started().getProducer().getName().equals(RunDescription.PRODUCER);
  }

  private static Map<String, Long> lastSteps(KafkaSettings kafka) {
    Map<String, Long> last = new HashMap<>();
    try (TopicReader reader = TopicReader.open(kafka, Topic.STEPS)) {
      reader.readToEnd(
          record -> {
            if (record.value() == null) {
              return;
            }
            try {
              StepObserved step = StepObserved.parseFrom(record.value());
              last.merge(step.getRunId(), step.getStep(), Math::max);
            } catch (InvalidProtocolBufferException e) {
              // The monitor rejects it; it says nothing of any run.
            }
          });
    }
    return last;
  }

  private static void publish(
      KafkaSettings kafka, List<String> runs, Map<String, Long> lastSteps, Instant now) {
    try (Producer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      for (String run : runs) {
        RunEnded.Builder ended =
            RunEnded.newBuilder()
                .setRunId(run)
                .setStatus(RunStatus.RUN_STATUS_FAILED)
                .setReason(REASON)
                .setEndedAt(Instants.toTimestamp(now));
        if (lastSteps.containsKey(run)) {
          ended.setLastStep(lastSteps.get(run));
        }
        var _ =
            producer.send(
                new ProducerRecord<>(
                    Topic.RUNS.topicName(), run, RunEvent.newBuilder().setEnded(ended).build()));
      }
      producer.flush();
    }
  }
}
