package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.trainer.publish.RunIdClaim;
import brink.trainer.publish.RunIdTakenException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainers that take one run id in the same instant, on a real broker. */
final class RunIdClaimIT {
  private static final int TRAINERS = 6;

  @TempDir Path folder;

  @Test
  void requireFirst_ofTrainersAtOnce_passesForExactlyOne() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.onAnyPort(folder));
        ExecutorService threads = Executors.newFixedThreadPool(TRAINERS)) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      TopicCreation.ensure(kafka, 3, Replication.AUTOMATIC);
      CyclicBarrier together = new CyclicBarrier(TRAINERS);
      List<Future<Boolean>> firsts = new ArrayList<>();
      for (int i = 0; i < TRAINERS; i++) {
        firsts.add(threads.submit(() -> isFirst(kafka, together)));
      }
      int count = 0;
      for (Future<Boolean> first : firsts) {
        count += first.get() ? 1 : 0;
      }
      assertThat(count).isOne();
    }
  }

  private static boolean isFirst(KafkaSettings kafka, CyclicBarrier together) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer())) {
      together.await();
      RecordMetadata start =
          producer.send(new ProducerRecord<>(Topic.RUNS.topicName(), "same", new byte[0])).get();
      RunIdClaim.requireFirst(kafka, "same", start);
      return true;
    } catch (RunIdTakenException e) {
      return false;
    }
  }
}
