package brink.schemas.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.gradient.GradientResult.Complete;
import brink.schemas.gradient.GradientResult.Corrupt;
import brink.schemas.gradient.GradientResult.Duplicate;
import brink.schemas.gradient.GradientResult.Evicted;
import brink.schemas.gradient.GradientResult.Incomplete;
import brink.v1.GradientChunk;
import brink.v1.GradientEncoding;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class GradientAssemblerTest {
  private static final long ROOM = 1L << 20;

  private final GradientAssembler assembler = new GradientAssembler(4, ROOM);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ".*F(32|16)")
  void accept_chunksOfTheEncoder_givesTheGradient(GradientEncoding encoding) {
    double[] gradient = {1, -0.5, 0, 1024, -3};

    GradientResult result =
        assembler.accept(GradientEncoder.chunks("r", 9, gradient, encoding).getFirst()).getFirst();

    assertThat(result)
        .isInstanceOfSatisfying(
            Complete.class,
            complete -> {
              assertThat(complete.runId()).isEqualTo("r");
              assertThat(complete.step()).isEqualTo(9);
              assertThat(complete.gradient()).containsExactly(1, -0.5f, 0, 1024, -3);
            });
  }

  @Test
  void accept_emptyGradient_isComplete() {
    GradientChunk empty = SmallChunks.of("r", 0, new float[0], 1).getFirst();

    assertThat(only(empty))
        .isInstanceOfSatisfying(Complete.class, c -> assertThat(c.gradient()).isEmpty());
  }

  @Test
  void accept_chunkOfSeveral_isIncomplete() {
    assertThat(only(chunk(1))).isEqualTo(new Incomplete("r", 0, 1, 3));
    assertThat(assembler.incompleteCount()).isEqualTo(1);
    assertThat(assembler.bytes()).isPositive();
  }

  @Test
  void accept_sameChunkTwice_isDuplicate() {
    only(chunk(1));

    assertThat(only(chunk(1))).isEqualTo(new Duplicate("r", 0, 1));
  }

  @Test
  void accept_chunkOfFinishedGradient_isDuplicate() {
    SmallChunks.of("r", 0, new float[] {1, 2, 3}, 1).forEach(this::only);

    assertThat(only(chunk(0))).isEqualTo(new Duplicate("r", 0, 0));
    assertThat(assembler.bytes()).isZero();
  }

  @Test
  void accept_sameIndexWithOtherData_isCorruptAndTheFirstStays() {
    only(chunk(1));

    assertThat(only(flipped(chunk(1))))
        .isEqualTo(new Corrupt("r", 0, "chunk 1 came twice with different content"));
    only(chunk(0));
    assertThat(only(chunk(2))).isInstanceOf(Complete.class);
  }

  @Test
  void accept_wrongChecksum_isCorruptAndTheWholeCanComeAgain() {
    only(chunk(0));
    only(flipped(chunk(1)));

    assertThat(only(chunk(2))).isEqualTo(new Corrupt("r", 0, "the checksum of the whole is wrong"));
    assertThat(assembler.bytes()).isZero();
    only(chunk(0));
    only(chunk(1));
    assertThat(only(chunk(2))).isInstanceOf(Complete.class);
  }

  @Test
  void accept_chunkThatContradictsTheOthers_doesNotSpoilThem() {
    only(chunk(0));
    only(chunk(1).toBuilder().setCount(2).build());
    only(chunk(1).toBuilder().setTotal(4).build());
    only(chunk(1).toBuilder().setCrc32C(0).build());
    only(chunk(1));

    assertThat(only(chunk(2))).isInstanceOf(Complete.class);
  }

  @Test
  void accept_gapBetweenChunks_isCorrupt() {
    GradientChunk shifted = chunk(1).toBuilder().setOffset(2).build();
    only(chunk(0));
    only(chunk(2));

    assertThat(only(shifted))
        .isEqualTo(new Corrupt("r", 0, "a chunk starts at entry 2 instead of 1"));
  }

  @Test
  void accept_moreEntriesThanPromised_isCorruptAndFreesTheMemory() {
    ByteString twoEntries = ByteString.copyFrom(new byte[8]);
    only(chunk(0).toBuilder().setData(twoEntries).build());

    assertThat(only(chunk(1).toBuilder().setData(twoEntries).build())).isInstanceOf(Corrupt.class);
    assertThat(assembler.bytes()).isZero();
  }

  static Stream<UnaryOperator<GradientChunk.Builder>> impossible() {
    return Stream.of(
        chunk -> chunk.setRunId(""),
        chunk -> chunk.setRunId("r".repeat(2000)),
        chunk -> chunk.setStep(-1),
        chunk -> chunk.setIndex(-1),
        chunk -> chunk.setIndex(3),
        chunk -> chunk.setCount(0),
        chunk -> chunk.setCount(-7),
        chunk -> chunk.setCount(4),
        chunk -> chunk.setCount(Integer.MAX_VALUE).setTotal(Long.MAX_VALUE),
        chunk -> chunk.setTotal(-1),
        chunk -> chunk.setTotal(1L << 60),
        chunk -> chunk.setTotal(Long.MAX_VALUE),
        chunk -> chunk.setTotal(Integer.MAX_VALUE),
        chunk -> chunk.setOffset(-1),
        chunk -> chunk.setOffset(3),
        chunk -> chunk.setOffset(Long.MAX_VALUE),
        chunk -> chunk.setData(ByteString.EMPTY),
        chunk -> chunk.setData(ByteString.copyFrom(new byte[3])),
        chunk -> chunk.setData(ByteString.copyFrom(new byte[(1 << 20) + 4])).setTotal(1 << 20),
        chunk -> chunk.setEncoding(GradientEncoding.GRADIENT_ENCODING_UNSPECIFIED),
        chunk -> chunk.setEncodingValue(99));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void accept_impossibleChunk_isCorruptAndHoldsNoMemory(
      UnaryOperator<GradientChunk.Builder> damage) {
    assertThat(only(damage.apply(chunk(1).toBuilder()).build())).isInstanceOf(Corrupt.class);
    assertThat(assembler.bytes()).isZero();
    assertThat(assembler.incompleteCount()).isZero();
  }

  @Test
  void accept_oneIncompleteTooMany_evictsTheOldestAndSaysSo() {
    for (int step = 0; step < 4; step++) {
      only(chunk("r", step, 0));
    }

    assertThat(assembler.accept(chunk("r", 4, 0)))
        .containsExactly(new Evicted("r", 0, 1, 3), new Incomplete("r", 4, 1, 3));
    assertThat(assembler.incompleteCount()).isEqualTo(4);
  }

  @Test
  void accept_bytesBeyondTheLimit_evictsOthersNeverTheOneThatArrives() {
    float[] large = new float[60_000];
    GradientChunk first = SmallChunks.of("a", 0, large, 20_000).getFirst();
    GradientAssembler tight = new GradientAssembler(100, 250_000);
    tight.accept(first);
    SmallChunks.of("b", 0, large, 20_000).subList(0, 2).forEach(tight::accept);

    assertThat(tight.accept(SmallChunks.of("a", 0, large, 20_000).get(1)))
        .containsExactly(new Evicted("b", 0, 2, 3), new Incomplete("a", 0, 2, 3));
    assertThat(tight.bytes()).isLessThanOrEqualTo(250_000);
  }

  private GradientResult only(GradientChunk chunk) {
    List<GradientResult> results = assembler.accept(chunk);
    assertThat(results).hasSize(1);
    return results.getFirst();
  }

  private static GradientChunk chunk(int index) {
    return chunk("r", 0, index);
  }

  private static GradientChunk chunk(String runId, long step, int index) {
    return SmallChunks.of(runId, step, new float[] {1, 2, 3}, 1).get(index);
  }

  private static GradientChunk flipped(GradientChunk chunk) {
    return SmallChunks.flip(chunk, 0);
  }
}
