package brink.bench.rows;

import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Many runs that train at a steady pace, one step after the other in turn.
 *
 * @param runs how many
 * @param stepsPerSecond of each
 */
record PacedRuns(int runs, int stepsPerSecond) {
  /** Steps in so many seconds. */
  long events(int seconds) {
    return (long) runs * stepsPerSecond * seconds;
  }

  /** Publishes for so long; each step carries the time at which it was due. */
  void publish(KafkaSettings kafka, BnLinearRun template, int seconds) {
    TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
    try (Producer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      for (int run = 0; run < runs; run++) {
        RunEvent.Builder start = RunEvent.newBuilder();
        start.setStarted(template.started().toBuilder().setRunId(id(run)));
        var _ = producer.send(new ProducerRecord<>(Topic.RUNS.topicName(), id(run), start.build()));
      }
      producer.flush();
      long begin = System.nanoTime();
      long beginMillis = System.currentTimeMillis();
      long interval = TimeUnit.SECONDS.toNanos(1) / ((long) runs * stepsPerSecond);
      for (int t = 0; t < stepsPerSecond * seconds; t++) {
        StepObserved.Builder step = template.steps().get(t).toBuilder();
        for (int run = 0; run < runs; run++) {
          long due = ((long) t * runs + run) * interval;
          await(begin + due);
          step.setRunId(id(run))
              .setObservedAt(
                  Timestamps.fromMillis(beginMillis + TimeUnit.NANOSECONDS.toMillis(due)));
          var _ =
              producer.send(new ProducerRecord<>(Topic.STEPS.topicName(), id(run), step.build()));
        }
      }
      producer.flush();
    }
  }

  private static void await(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, 1_000_000));
    }
  }

  private static String id(int run) {
    return "run-" + run;
  }
}
