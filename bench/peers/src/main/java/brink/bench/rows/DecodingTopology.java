package brink.bench.rows;

import brink.monitor.intake.BoundedClients;
import brink.monitor.topology.RecordOrder;
import brink.monitor.topology.StreamsProperties;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.v1.StepObserved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The monitor's sources and settings with a processor that decodes each step and does nothing with
 * it: what Kafka Streams leaves to any fold.
 */
final class DecodingTopology implements AutoCloseable {
  private final Path folder;
  private final KafkaStreams streams;

  /** Starts it with a group of its own, which has read nothing. */
  DecodingTopology(KafkaSettings kafka, String applicationId, Throughput.Meter meter)
      throws IOException {
    folder = Files.createTempDirectory("brink-bench-streams");
    streams =
        new KafkaStreams(
            topology(meter),
            StreamsProperties.of(kafka, applicationId, null, Replication.AUTOMATIC.on(1), folder),
            new BoundedClients());
    streams.start();
  }

  private static Topology topology(Throughput.Meter meter) {
    Deserializer<byte[]> bytes = new ByteArrayDeserializer();
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            "runs",
            new RecordOrder(),
            bytes,
            bytes,
            Topic.RUNS.topicName())
        .addSource(
            AutoOffsetReset.earliest(),
            "steps",
            new RecordOrder(),
            bytes,
            bytes,
            Topic.STEPS.topicName())
        .addProcessor("runs are left", Ignoring::new, "runs")
        .addProcessor("decode", () -> new Decoding(meter), "steps", "runs are left");
  }

  @Override
  public void close() throws IOException {
    streams.close();
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }

  /** Takes starts of runs, so that both topics are read by one task, as in the monitor. */
  private static final class Ignoring implements Processor<byte[], byte[], byte[], byte[]> {
    @Override
    public void process(Record<byte[], byte[]> record) {
      // nothing is done with it
    }
  }

  private static final class Decoding implements Processor<byte[], byte[], byte[], byte[]> {
    private final Deserializer<StepObserved> steps = BrinkSerdes.steps().deserializer();
    private final Throughput.Meter meter;

    Decoding(Throughput.Meter meter) {
      this.meter = meter;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      var _ = steps.deserialize(Topic.STEPS.topicName(), record.headers(), record.value());
      meter.count();
    }
  }
}
