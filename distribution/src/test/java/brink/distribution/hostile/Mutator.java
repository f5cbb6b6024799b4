package brink.distribution.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import brink.schemas.ProtobufSerde;
import brink.schemas.Topic;
import brink.v1.Evaluation;
import brink.v1.Layer;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.Sharpness;
import brink.v1.StepObserved;
import com.google.protobuf.Timestamp;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Messages of Brink, damaged in ways that protobuf often still reads. The seed fixes them all. */
final class Mutator {
  private static final int RUNS = 20;
  private static final int STEPS = 200;

  /** Values at which arithmetic and arrays go wrong. */
  private static final double[] ODD = {
    Double.NaN, Double.POSITIVE_INFINITY, -1, 0, Double.MIN_VALUE, Double.MAX_VALUE, 1e-200, 1e200
  };

  private static final long[] ODD_LONGS = {
    -1, 0, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, 1L << 40
  };

  private final SplittableRandom random;

  Mutator(long seed) {
    random = new SplittableRandom(seed);
  }

  ProducerRecord<byte[], byte[]> next(Topic topic) {
    String runId = "m" + random.nextInt(RUNS);
    byte[] value = (topic == Topic.RUNS ? event(runId) : step(runId)).toByteArray();
    for (int i = random.nextInt(4); i > 0; i--) {
      value = damaged(value);
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic.topicName(), key(runId), chance(500) ? null : value);
    if (chance(50)) {
      record.headers().add(ProtobufSerde.TYPE_HEADER, bytes(random.nextInt(40)));
    }
    return record;
  }

  private byte @Nullable [] key(String runId) {
    return switch (random.nextInt(40)) {
      case 0 -> null;
      case 1 -> bytes(random.nextInt(300));
      case 2 -> ("m" + random.nextInt(RUNS)).getBytes(UTF_8);
      default -> runId.getBytes(UTF_8);
    };
  }

  private byte[] damaged(byte[] value) {
    if (value.length == 0) {
      return bytes(1 + random.nextInt(20));
    }
    int at = random.nextInt(value.length);
    byte[] copy = value.clone();
    switch (random.nextInt(6)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) random.nextInt();
      case 2 -> copy = Arrays.copyOf(copy, at);
      case 3 -> copy = joined(value, Arrays.copyOfRange(value, at, value.length));
      case 4 -> copy = joined(Arrays.copyOf(value, at), bytes(random.nextInt(16)));
      default -> {
        if (value.length - at >= Double.BYTES) {
          ByteBuffer.wrap(copy).putLong(at, Long.reverseBytes(Double.doubleToLongBits(odd())));
        }
      }
    }
    return copy;
  }

  private RunEvent event(String runId) {
    if (chance(2)) {
      RunEnded.Builder ended =
          RunEnded.newBuilder().setRunId(runId).setStatusValue(random.nextInt(-1, 12));
      if (chance(2)) {
        ended.setLastStep(chance(4) ? oddLong() : random.nextInt(STEPS));
      }
      return RunEvent.newBuilder().setEnded(ended).build();
    }
    RunStarted.Builder started =
        RunStarted.newBuilder()
            .setRunId(runId)
            .setName("name")
            .putTags("tag", "value")
            .setPrecision(chance(2) ? "float32" : "")
            .setMomentum(chance(4) ? odd() : 0.9)
            .setUpdateRuleValue(random.nextInt(-1, 5))
            .setStartedAt(Timestamp.newBuilder().setSeconds(chance(10) ? oddLong() : 1));
    if (chance(3)) {
      started.getResumedFromBuilder().setRunId(runId).setStep(oddLong());
    }
    return RunEvent.newBuilder().setStarted(started).build();
  }

  private StepObserved step(String runId) {
    StepObserved.Builder step =
        StepObserved.newBuilder()
            .setRunId(runId)
            .setStep(chance(20) ? oddLong() : random.nextInt(STEPS))
            .setLoss(number())
            .setWeightNormSquared(number())
            .setGradientNormSquared(number())
            .setLearningRate(number())
            .setWeightDecay(number())
            .setEvaluation(Evaluation.newBuilder().setTestAccuracy(number()))
            .addLayers(Layer.newBuilder().setName("layer").setSharpness(number()));
    for (int i = random.nextInt(3); i > 0; i--) {
      Sharpness.Builder sharpness =
          Sharpness.newBuilder().setPointValue(random.nextInt(-1, 10)).addEigenvalues(number());
      step.addSharpness(chance(3) ? sharpness.addResiduals(number()) : sharpness);
    }
    return (chance(2) ? step.setGradientCosine(number()) : step).build();
  }

  private double number() {
    return chance(20) ? odd() : random.nextDouble();
  }

  private double odd() {
    return ODD[random.nextInt(ODD.length)];
  }

  private long oddLong() {
    return ODD_LONGS[random.nextInt(ODD_LONGS.length)];
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
