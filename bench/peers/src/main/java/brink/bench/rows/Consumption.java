package brink.bench.rows;

import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.monitor.run.Outcome;
import brink.monitor.topology.RunObserver;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.StepObserved;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Ways to read all recorded steps. */
final class Consumption {
  private static final Duration POLL = Duration.ofMillis(100);

  private Consumption() {}

  /** Reads and decodes, and no more. */
  static Throughput decoded(KafkaSettings kafka, long events) throws InterruptedException {
    Throughput.Meter meter = new Throughput.Meter(events);
    try (KafkaConsumer<byte[], StepObserved> consumer =
        new KafkaConsumer<>(
            kafka.consumer(), new ByteArrayDeserializer(), BrinkSerdes.steps().deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.STEPS.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long left = events;
      while (left > 0) {
        var records = consumer.poll(POLL);
        records.forEach(_ -> meter.count());
        left -= records.count();
      }
    }
    return meter.await();
  }

  /** Kafka Streams with the monitor's settings, which decodes and does no more. */
  static Throughput streamed(KafkaSettings kafka, long events, String applicationId)
      throws IOException, InterruptedException {
    Throughput.Meter meter = new Throughput.Meter(events);
    try (DecodingTopology _ = new DecodingTopology(kafka, applicationId, meter)) {
      return meter.await();
    }
  }

  /** A monitor that has seen none of them. */
  static Throughput monitored(KafkaSettings kafka, long events, String applicationId)
      throws IOException, InterruptedException {
    Throughput.Meter meter = new Throughput.Meter(events);
    RunObserver counter =
        new RunObserver() {
          @Override
          public void onStep(StepObserved step, Outcome outcome) {
            meter.count();
          }
        };
    MonitorSettings settings =
        MonitorSettings.of(kafka)
            .named(applicationId, null)
            .servedAt(MonitorSettings.DEFAULT_HTTP_HOST, 0);
    try (MonitorApp monitor = new MonitorApp(settings, Clock.systemUTC(), counter)) {
      monitor.start();
      return meter.await();
    }
  }
}
