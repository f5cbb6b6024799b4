package brink.schemas.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.gradient.GradientResult.Complete;
import brink.v1.GradientChunk;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random streams, each from a seed: whatever happens on the way, no wrong gradient comes out. */
final class GradientAssemblerPropertyTest {
  private static final int STEPS = 40;
  private static final long ROOM = 1L << 20;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void accept_shuffledWithDuplicates_givesEveryGradientOnce(long seed) {
    Random random = new Random(seed);
    Map<Long, float[]> gradients = gradients(random);
    List<GradientChunk> stream = stream(gradients, random);
    stream.addAll(List.copyOf(stream));
    Collections.shuffle(stream, random);

    Map<Long, float[]> received = receive(stream, STEPS);

    assertThat(received).hasSize(STEPS);
    received.forEach((step, gradient) -> assertThat(gradient).isEqualTo(gradients.get(step)));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void accept_withLosses_givesExactlyTheGradientsWithoutLoss(long seed) {
    Random random = new Random(seed);
    Map<Long, float[]> gradients = gradients(random);
    List<GradientChunk> stream = stream(gradients, random);
    Collections.shuffle(stream, random);
    List<GradientChunk> lost = stream.subList(0, STEPS / 4);
    List<Long> damaged = lost.stream().map(GradientChunk::getStep).distinct().toList();

    Map<Long, float[]> received = receive(stream.subList(STEPS / 4, stream.size()), STEPS);

    assertThat(received)
        .hasSize(STEPS - damaged.size())
        .doesNotContainKeys(damaged.toArray(Long[]::new));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
  void accept_withFlippedBitsInData_neverGivesAWrongGradient(long seed) {
    Random random = new Random(seed);
    Map<Long, float[]> gradients = gradients(random);
    List<GradientChunk> stream = stream(gradients, random);
    Collections.shuffle(stream, random);
    for (int i = 0; i < STEPS / 4; i++) {
      GradientChunk chunk = stream.get(i);
      stream.set(i, SmallChunks.flip(chunk, random.nextInt(chunk.getData().size() * 8)));
    }

    Map<Long, float[]> received = receive(stream, STEPS);

    assertThat(received).hasSizeBetween(1, STEPS - 1);
    received.forEach((step, gradient) -> assertThat(gradient).isEqualTo(gradients.get(step)));
  }

  /** Flips anywhere in the serialized record, so in sizes, offsets and counts too. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
  void accept_withFlippedBitsAnywhere_staysWithinItsMemoryAndDoesNotThrow(long seed) {
    Random random = new Random(seed);
    List<GradientChunk> stream = stream(gradients(random), random);
    GradientAssembler assembler = new GradientAssembler(8, 20_000);
    for (GradientChunk chunk : stream) {
      for (int i = 0; i < 50; i++) {
        GradientChunk damaged = damaged(chunk, random);
        if (damaged != null) {
          assembler.accept(damaged);
        }
        assertThat(assembler.bytes()).isLessThanOrEqualTo(20_000);
        assertThat(assembler.incompleteCount()).isLessThanOrEqualTo(8);
      }
    }
  }

  private static @Nullable GradientChunk damaged(GradientChunk chunk, Random random) {
    byte[] bytes = chunk.toByteArray();
    for (int i = 0; i < 3; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    try {
      return GradientChunk.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static Map<Long, float[]> gradients(Random random) {
    Map<Long, float[]> gradients = new HashMap<>();
    for (long step = 0; step < STEPS; step++) {
      float[] gradient = new float[1 + random.nextInt(300)];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) random.nextGaussian();
      }
      gradients.put(step, gradient);
    }
    return gradients;
  }

  private static List<GradientChunk> stream(Map<Long, float[]> gradients, Random random) {
    List<GradientChunk> stream = new ArrayList<>();
    gradients.forEach(
        (step, gradient) ->
            stream.addAll(
                SmallChunks.of("run-" + step % 3, step, gradient, 1 + random.nextInt(60))));
    return stream;
  }

  private static Map<Long, float[]> receive(List<GradientChunk> stream, int maxIncomplete) {
    GradientAssembler assembler = new GradientAssembler(maxIncomplete, ROOM);
    Map<Long, float[]> received = new HashMap<>();
    for (GradientChunk chunk : stream) {
      for (GradientResult result : assembler.accept(chunk)) {
        if (result instanceof Complete complete) {
          assertThat(received.put(complete.step(), complete.gradient())).isNull();
        }
      }
    }
    return received;
  }
}
