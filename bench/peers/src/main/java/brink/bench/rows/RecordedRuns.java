package brink.bench.rows;

import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Many runs under way at once, in a broker: copies of one recorded run under other ids, whose steps
 * lie in the topic as they would if all of them trained at the same speed.
 *
 * @param runs how many
 * @param stepsEach of every run
 */
record RecordedRuns(int runs, int stepsEach) {
  /** Steps of all runs. */
  long events() {
    return (long) runs * stepsEach;
  }

  /** Publishes all of them; returns when the broker has acknowledged everything. */
  void publish(KafkaSettings kafka, BnLinearRun template) throws InterruptedException {
    TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
    try (Producer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      List<Future<RecordMetadata>> starts = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        RunEvent.Builder start = RunEvent.newBuilder();
        start.setStarted(template.started().toBuilder().setRunId(id(run)));
        starts.add(
            producer.send(new ProducerRecord<>(Topic.RUNS.topicName(), id(run), start.build())));
      }
      for (Future<RecordMetadata> start : starts) {
        await(start);
      }
      for (int t = 0; t < stepsEach; t++) {
        StepObserved.Builder step = template.steps().get(t).toBuilder();
        for (int run = 0; run < runs; run++) {
          var _ =
              producer.send(
                  new ProducerRecord<>(
                      Topic.STEPS.topicName(), id(run), step.setRunId(id(run)).build()));
        }
      }
      producer.flush();
    }
  }

  private static void await(Future<RecordMetadata> sent) throws InterruptedException {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static String id(int run) {
    return "run-" + run;
  }
}
