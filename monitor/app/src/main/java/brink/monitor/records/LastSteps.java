package brink.monitor.records;

import brink.monitor.catalogue.RecordedMessage;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.TopicReader;
import brink.monitor.geometry.Curvature;
import brink.monitor.geometry.Motion;
import brink.monitor.geometry.SphericalStep;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.util.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * What runs measured last, without reading all of their steps: the records from shortly before
 * their ends on, by the producer's clock.
 */
public final class LastSteps {
  /** Before the end: first a moment, in which there mostly is all of it. */
  private static final List<Duration> WINDOWS =
      List.of(Duration.ofSeconds(2), Duration.ofMinutes(1));

  private final Deserializer<StepObserved> steps = BrinkSerdes.steps().deserializer();
  private final TopicReader reader;
  private final Map<TopicPartition, Long> ends;

  private LastSteps(TopicReader reader) {
    this.reader = reader;
    this.ends = reader.ends();
  }

  /**
   * What a run measured last.
   *
   * @param step its last step
   * @param loss L there; null where it was not measured
   * @param sharpness λ₁, the newest of its last minute; null where it was not measured
   * @param ratio s, likewise
   */
  public record LastStep(
      long step, @Nullable Double loss, @Nullable Double sharpness, @Nullable Double ratio) {}

  /**
   * The last steps of those runs that have ended and have any.
   *
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public static Map<String, LastStep> of(KafkaSettings kafka, Collection<RunEntry> runs) {
    Map<String, LastStep> found = new HashMap<>();
    try (TopicReader reader = TopicReader.open(kafka, Topic.STEPS)) {
      LastSteps steps = new LastSteps(reader);
      for (RunEntry run : runs) {
        LastStep last = steps.of(run);
        if (last != null) {
          found.put(run.runId(), last);
        }
      }
    }
    return found;
  }

  private @Nullable LastStep of(RunEntry run) {
    RunStarted started = run.started();
    RunEnded ended = run.ended();
    if (started == null || ended == null || !ended.hasLastStep() || !ended.hasEndedAt()) {
      return null;
    }
    long end = Timestamps.toMillis(ended.getEndedAt());
    Tail tail = new Tail(run.runId(), ended.getLastStep(), Motion.of(started));
    for (Duration window : WINDOWS) {
      read(tail, end - window.toMillis());
      if (tail.isReached() && tail.sharpness != null) {
        return tail.result();
      }
    }
    if (!tail.isReached()) {
      read(tail, started.hasStartedAt() ? Timestamps.toMillis(started.getStartedAt()) : 0);
    }
    return tail.result();
  }

  private void read(Tail tail, long since) {
    reader.seekTo(since);
    while (!tail.isReached() && !reader.reached(ends)) {
      reader.poll(tail::take);
    }
  }

  /** The newest steps of a run, of those that were read. */
  private final class Tail {
    private final byte[] key;
    private final long lastStep;
    private final Motion motion;
    private @Nullable StepObserved last;
    private long measuredAt = -1;
    private @Nullable Double sharpness;
    private @Nullable Double ratio;

    Tail(String runId, long lastStep, Motion motion) {
      key = runId.getBytes(StandardCharsets.UTF_8);
      this.lastStep = lastStep;
      this.motion = motion;
    }

    boolean isReached() {
      return last != null && last.getStep() >= lastStep;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
      if (Arrays.equals(record.key(), key)) {
        RecordedMessage.of(steps, record).ifPresent(this::take);
      }
    }

    private void take(StepObserved step) {
      if (last == null || step.getStep() >= last.getStep()) {
        last = step;
      }
      if (step.getStep() > measuredAt && Double.isFinite(step.getWeightNormSquared())) {
        SphericalStep read = SphericalStep.of(step, motion, 0);
        Curvature curvature = read.midpoint() != null ? read.midpoint() : read.iterate();
        if (curvature != null) {
          measuredAt = step.getStep();
          sharpness = curvature.sharpness();
          ratio = read.stabilityRatio();
        }
      }
    }

    @Nullable LastStep result() {
      StepObserved step = last;
      return step == null
          ? null
          : new LastStep(
              step.getStep(), step.hasLoss() ? (Double) step.getLoss() : null, sharpness, ratio);
    }
  }
}
