package brink.trainer.publish;

import brink.schemas.Instants;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.PublishException;
import brink.schemas.Topic;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStatus;
import com.google.protobuf.Message;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Ends a run that its trainer left open and that nobody goes on with. */
public final class AbandonedRun {
  private AbandonedRun() {}

  /**
   * Publishes that the run failed, wherever it was: it ends as soon as nothing more comes of it.
   *
   * @param reason one sentence
   * @throws PublishException if Kafka does not take it
   */
  public static void end(KafkaSettings kafka, String runId, String reason, Clock clock) {
    RunEnded ended =
        RunEnded.newBuilder()
            .setRunId(runId)
            .setStatus(RunStatus.RUN_STATUS_FAILED)
            .setReason(reason)
            .setEndedAt(Instants.toTimestamp(clock.instant()))
            .build();
    try (Producer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      RunEvent event = RunEvent.newBuilder().setEnded(ended).build();
      var _ = producer.send(new ProducerRecord<>(Topic.RUNS.topicName(), runId, event)).get();
    } catch (ExecutionException e) {
      throw PublishException.of(runId, "its end", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PublishException.of(runId, "its end", e);
    }
  }
}
