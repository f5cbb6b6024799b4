package brink.monitor.replay;

import brink.schemas.BrinkSerdes;
import brink.schemas.gradient.GradientAssembler;
import brink.schemas.gradient.GradientNorm;
import brink.schemas.gradient.GradientResult;
import brink.schemas.gradient.GradientResult.Complete;
import brink.schemas.gradient.GradientResult.Corrupt;
import brink.v1.GradientChunk;
import brink.v1.StepObserved;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Whether published gradients are those of their steps: ‖∇L‖² of their entries is what the step
 * says, but for rounding. Takes all chunks first, then the steps. Not thread-safe.
 */
public final class GradientCheck {
  private static final int MOST_INCOMPLETE = 64;
  private static final long MOST_BYTES = 512L << 20;

  private final Deserializer<GradientChunk> chunks = BrinkSerdes.gradients().deserializer();
  private final GradientAssembler assembler = new GradientAssembler(MOST_INCOMPLETE, MOST_BYTES);
  private final Map<Step, GradientNorm> norms = new HashMap<>();
  private long compared;
  private long wrong;
  private @Nullable String firstFault;

  private record Step(String runId, long step) {}

  /** Takes a record of brink.gradients. */
  public void chunk(ConsumerRecord<byte[], byte[]> record) {
    try {
      @Nullable GradientChunk chunk =
          chunks.deserialize(record.topic(), record.headers(), record.value());
      if (chunk != null) {
        assembler.accept(chunk).forEach(this::take);
      }
    } catch (SerializationException e) {
      fault("a record of brink.gradients is not one of its messages: " + e.getMessage());
    }
  }

  private void take(GradientResult result) {
    switch (result) {
      case Complete gradient ->
          norms.put(new Step(gradient.runId(), gradient.step()), GradientNorm.of(gradient));
      case Corrupt(var runId, var step, var reason) -> fault(of(runId, step) + reason);
      // The rest of an incomplete one may be older than what was read, or still on its way.
      case GradientResult.Incomplete _, GradientResult.Duplicate _, GradientResult.Evicted _ -> {}
    }
  }

  /** Takes a step; nothing comes of one whose gradient was not read. */
  public void step(StepObserved step) {
    GradientNorm norm = norms.remove(new Step(step.getRunId(), step.getStep()));
    if (norm == null || !step.hasGradientNormSquared()) {
      return;
    }
    compared++;
    if (!norm.agreesWith(step.getGradientNormSquared())) {
      fault(
          of(step.getRunId(), step.getStep())
              + "‖∇L‖² is %.9g by the published gradient and %.9g by the step"
                  .formatted(norm.squared(), step.getGradientNormSquared()));
    }
  }

  /** Whether a whole gradient, or an unusable part of one, was read. */
  public boolean hasGradients() {
    return compared > 0 || !norms.isEmpty() || wrong > 0;
  }

  /** How many gradients belong to none of the steps. */
  public long withoutStep() {
    return norms.size();
  }

  /** How many gradients were held against their steps. */
  public long compared() {
    return compared;
  }

  /** What is wrong, in one sentence; empty where nothing is. */
  public Optional<String> fault() {
    return Optional.ofNullable(firstFault)
        .map(
            fault ->
                wrong == 1
                    ? fault
                    : String.format(Locale.ROOT, "%s; and %,d more like it", fault, wrong - 1));
  }

  private void fault(String sentence) {
    wrong++;
    if (firstFault == null) {
      firstFault = sentence;
    }
  }

  private static String of(String runId, long step) {
    return "run %s, step %d: ".formatted(runId, step);
  }
}
