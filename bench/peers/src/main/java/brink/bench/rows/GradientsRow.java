package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.Interleaved;
import brink.bench.statistics.SampleSpread;
import brink.bench.statistics.Times;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.schemas.gradient.GradientEncoder;
import brink.v1.GradientEncoding;
import com.google.protobuf.Message;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishing gradients and nothing else, beside a producer that sends the same bytes again and
 * again, as {@code kafka-producer-perf-test} does: the broker in a JVM of its own, both contenders
 * with the same settings.
 */
final class GradientsRow implements Row {
  private static final int WEIGHTS = 1_010_000;
  private static final int WARMUPS = 3;
  private static final double MEGABYTE = 1e6;
  private static final GradientEncoding ENCODING = GradientEncoding.GRADIENT_ENCODING_F32;

  private enum Contender {
    BARE,
    GRADIENTS
  }

  @Override
  public String name() {
    return "gradients";
  }

  @Override
  public String title(Conditions conditions) {
    return "gradients of %,d weights, float32, beside a producer that sends the same bytes again and again"
        .formatted(WEIGHTS);
  }

  @Override
  public boolean needsPeer() {
    return false;
  }

  @Override
  public List<Line> measure(Conditions conditions, Consumer<String> progress) throws Exception {
    progress.accept("starting a broker");
    int gradients = conditions.choose(25, 5);
    int rounds = conditions.choose(11, 3);
    double[] gradient = new SplittableRandom(1).doubles(WEIGHTS, -1, 1).toArray();
    try (BrokerProcess broker = BrokerProcess.start()) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
      try (Producer<String, byte[]> bare =
              new KafkaProducer<>(
                  kafka.producer(), new StringSerializer(), new ByteArraySerializer());
          Producer<String, Message> messages =
              new KafkaProducer<>(
                  kafka.producer(), new StringSerializer(), new MessageSerializer())) {
        List<byte[]> same = messages(0, gradient).stream().map(Message::toByteArray).toList();
        Times<Contender> times =
            new Interleaved<Contender>(System::nanoTime)
                .with(Contender.BARE, () -> send(bare, _ -> same, gradients))
                .with(
                    Contender.GRADIENTS,
                    () -> send(messages, step -> messages(step, gradient), gradients))
                .measure(
                    WARMUPS,
                    rounds,
                    round -> progress.accept("round " + round + " of " + (rounds + WARMUPS)));
        return lines(times, gradients * bytes(same));
      }
    }
  }

  // A view, which encodes each chunk when it is sent.
  private static List<Message> messages(int step, double[] gradient) {
    return Collections.unmodifiableList(GradientEncoder.chunks("bench", step, gradient, ENCODING));
  }

  private static <T> void send(
      Producer<String, T> producer, IntFunction<List<T>> chunks, int gradients) {
    for (int i = 0; i < gradients; i++) {
      for (T chunk : chunks.apply(i)) {
        var _ = producer.send(new ProducerRecord<>(Topic.GRADIENTS.topicName(), "bench", chunk));
      }
    }
    producer.flush();
  }

  private static double bytes(List<byte[]> chunks) {
    return chunks.stream().mapToLong(chunk -> chunk.length).sum();
  }

  private static List<Line> lines(Times<Contender> times, double bytes) {
    SampleSpread bare = times.of(Contender.BARE).map(seconds -> bytes / MEGABYTE / seconds);
    return List.of(
        Line.information("the bare producer", bare, Unit.MEGABYTES_PER_SECOND),
        Line.measurement(
            "gradients, in its bytes per second",
            times.ratio(Contender.BARE, Contender.GRADIENTS),
            Unit.RATIO,
            Target.atLeast(0.8)));
  }
}
